using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// A recurrent network over the frames of a spectrogram, as the paper's RNN (Elman, tanh, 128 hidden, linear to the classes) and LSTM
/// (512 hidden, linear 512 -> 128 -> classes): the last state, after hidden linear layers with ReLU where there are any, is the embedding.
/// </summary>
internal sealed class Recurrent : Network
{
    private readonly RecurrentCell _cell;
    private readonly nn.Module _recurrence; // RNN, LSTM or GRU
    private readonly ModuleList<Linear> _linears = [];
    private readonly Linear _output;
    private readonly double _dropout;
    private readonly int _hiddenSize;
    private readonly int _layers;
    private readonly bool _bidirectional;

    /// <param name="cell">What a layer computes from frame to frame; it names the network.</param>
    /// <param name="input">The bands.</param>
    /// <param name="classCount">The classes.</param>
    /// <param name="hiddenSize">States in each direction.</param>
    /// <param name="layers">Recurrent layers, one over the other.</param>
    /// <param name="bidirectional">Also from the end to the beginning.</param>
    /// <param name="linearSizes">Hidden linear layers after the last state; none is empty.</param>
    /// <param name="dropout">Between recurrent layers and before each linear one.</param>
    public Recurrent(
        RecurrentCell cell, InputShape input, int classCount, int hiddenSize, int layers, bool bidirectional,
        IReadOnlyList<int> linearSizes, double dropout)
        : base(cell.ToString(), input, classCount)
    {
        (_cell, _hiddenSize, _layers, _bidirectional, _dropout) = (cell, hiddenSize, layers, bidirectional, dropout);
        var between = layers > 1 ? dropout : 0;
        _recurrence = cell switch
        {
            RecurrentCell.Lstm => nn.LSTM(input.Size, hiddenSize, layers, batchFirst: true, dropout: between, bidirectional: bidirectional),
            RecurrentCell.Gru => nn.GRU(input.Size, hiddenSize, layers, batchFirst: true, dropout: between, bidirectional: bidirectional),
            _ => nn.RNN(input.Size, hiddenSize, layers, batchFirst: true, dropout: between, bidirectional: bidirectional),
        };
        var size = hiddenSize * (bidirectional ? 2 : 1);
        foreach (var linear in linearSizes)
        {
            _linears.Add(nn.Linear(size, linear));
            size = linear;
        }
        EmbeddingSize = size;
        _output = nn.Linear(size, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize { get; }

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, bands, frames)
    {
        x = x.transpose(1, 2); // (rows, frames, bands)
        var states = _recurrence switch // (layers * directions, rows, hidden): the states after the last frame
        {
            LSTM lstm => lstm.call(x).Item2,
            GRU gru => gru.call(x).Item2,
            RNN rnn => rnn.call(x).Item2,
            _ => throw new InvalidOperationException($"Unknown recurrence {_recurrence.GetName()}."),
        };
        var directions = _bidirectional ? 2 : 1;
        x = states.narrow(0, states.size(0) - directions, directions).transpose(0, 1).flatten(1); // (rows, directions * hidden)
        foreach (var linear in _linears)
            x = linear.call(nn.functional.dropout(x, _dropout, training)).relu_(); // (rows, linear[i])
        return (x, _output.call(nn.functional.dropout(x, _dropout, training))); // (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        x = onnx.Graph.Node("Transpose", [x], ("perm", new long[] { 2, 0, 1 })); // (frames, rows, bands)
        (_, x) = new OnnxRecurrence(onnx, "_recurrence", _cell, _hiddenSize, _bidirectional).Run(x, _layers);
        for (var i = 0; i < _linears.Count; i++)
            x = onnx.Relu(onnx.Linear(x, $"_linears.{i}"));
        return (x, onnx.Linear(x, "_output"));
    }
}
