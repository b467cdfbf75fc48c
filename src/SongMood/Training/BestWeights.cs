using SongMood.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>A copy of a network's weights and running statistics, to go back to.</summary>
internal sealed class BestWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _copies = [];

    public void Take(Network network)
    {
        foreach (var (name, tensor) in network.state_dict())
            Take(name, tensor);
    }

    public void Restore(Network network)
    {
        using var gradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
            tensor.copy_(_copies[name]);
    }

    public void Save(BinaryWriter writer) => NamedTensors.Write(writer, _copies);

    public void Load(BinaryReader reader, Device device) => NamedTensors.Read(reader, device, Take);

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
            copy.Dispose();
    }

    private void Take(string name, Tensor tensor)
    {
        using var gradients = no_grad();
        if (_copies.TryGetValue(name, out var copy))
            copy.copy_(tensor);
        else
            _copies.Add(name, tensor.detach().clone().DetachFromDisposeScope());
    }
}
