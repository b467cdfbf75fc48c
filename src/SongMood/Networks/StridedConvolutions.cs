using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Convolutions over time with the bands as channels, each of which halves the frames: many frames of a spectrogram become few
/// moments of what goes on in them, cheaply. Any number of frames will do.
/// </summary>
internal sealed class StridedConvolutions : nn.Module<Tensor, Tensor>
{
    private const int Kernel = 5;
    private const int Stride = 2;
    private const int Padding = Kernel / 2;

    private readonly ModuleList<Conv1d> _convolutions = [];
    private readonly ModuleList<BatchNorm1d> _norms = [];
    private readonly double _dropout;

    public StridedConvolutions(int bands, IReadOnlyList<int> channels, double dropout) : base(nameof(StridedConvolutions))
    {
        _dropout = dropout;
        var size = bands;
        foreach (var channel in channels)
        {
            _convolutions.Add(nn.Conv1d(size, channel, Kernel, Stride, Padding));
            _norms.Add(nn.BatchNorm1d(channel));
            size = channel;
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) // (rows, bands, frames)
    {
        for (var i = 0; i < _convolutions.Count; i++)
        {
            x = _norms[i].call(_convolutions[i].call(x)).relu_(); // (rows, channels[i], frames / 2^(i + 1), rounded up)
            x = nn.functional.dropout(x, _dropout, training);
        }
        return x;
    }

    public string Export(OnnxLayers onnx, string name, string x)
    {
        for (var i = 0; i < _convolutions.Count; i++)
            x = onnx.Relu(onnx.BatchNorm(onnx.Conv1d(x, $"{name}._convolutions.{i}", Kernel, Stride, Padding), $"{name}._norms.{i}"));
        return x;
    }
}
