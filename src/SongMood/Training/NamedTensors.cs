using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>Tensors in a stream: their number, and for each its name, type, dimensions and bytes.</summary>
internal static class NamedTensors
{
    public static void Write(BinaryWriter writer, IReadOnlyCollection<KeyValuePair<string, Tensor>> tensors)
    {
        writer.Write(tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            var onCpu = tensor.detach().cpu().contiguous();
            writer.Write(name);
            writer.Write((byte)onCpu.dtype);
            writer.Write(onCpu.shape.Length);
            foreach (var dimension in onCpu.shape)
                writer.Write(dimension);
            writer.Write(onCpu.bytes);
        }
    }

    public static void Read(BinaryReader reader, Device device, Action<string, Tensor> take)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var name = reader.ReadString();
            var type = (ScalarType)reader.ReadByte();
            var shape = new long[reader.ReadInt32()];
            for (var i = 0; i < shape.Length; i++)
                shape[i] = reader.ReadInt64();
            using var scope = NewDisposeScope();
            var tensor = zeros(shape, type);
            var bytes = reader.ReadBytes(tensor.bytes.Length);
            if (bytes.Length < tensor.bytes.Length)
                throw new EndOfStreamException();
            tensor.bytes = bytes;
            take(name, tensor.to(device));
        }
    }
}
