using System.Text;
using SongMood.Training;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>What a run has taught so far, in a file, so that the next one goes on from it.</summary>
internal static class TaughtState
{
    /// <param name="path">The file.</param>
    /// <param name="seconds">Of teaching, over all runs.</param>
    /// <param name="states">The weights of each network.</param>
    public static void Write(string path, double seconds, params Dictionary<string, Tensor>[] states) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(seconds);
        foreach (var state in states)
            NamedTensors.Write(writer, state);
    });

    /// <summary>Sets the weights of the same networks, and returns the seconds.</summary>
    public static double Read(string path, params Dictionary<string, Tensor>[] states)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        using var noGradients = no_grad();
        var seconds = reader.ReadDouble();
        foreach (var state in states)
            NamedTensors.Read(reader, CPU, (name, tensor) => state[name].copy_(tensor));
        return seconds;
    }
}
