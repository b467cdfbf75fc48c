using SongMood.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>
/// A training's state in a file, from which a killed run goes on to the result of an unbroken one: weights, running statistics, the
/// optimiser's state, the best weights, and where it stood. Random numbers need nothing: each epoch's come from the seed.
/// </summary>
/// <param name="folder">Where the file is, or will be.</param>
/// <param name="fingerprint">What the training is of: a file of another one is refused.</param>
internal sealed class Checkpoint(string folder, string fingerprint)
{
    private const string Magic = "SongMood checkpoint 1";

    private readonly string _path = Path.Combine(folder, "checkpoint.bin");

    public void Save(Progress progress, Network network, BestWeights best, OptimizerHelper optimizer) => AtomicFile.Write(_path, stream =>
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(fingerprint);
        writer.Write(progress.Epoch);
        writer.Write(progress.BestEpoch);
        writer.Write(progress.BestLoss);
        writer.Write(progress.Elapsed.Ticks);
        NamedTensors.Write(writer, network.state_dict());
        best.Save(writer);
        optimizer.save_state_dict(writer);
    });

    /// <summary>Goes back to where the file stands. False where there is none.</summary>
    public bool TryLoad(Progress progress, Network network, BestWeights best, OptimizerHelper optimizer, Device device)
    {
        if (!File.Exists(_path))
            return false;
        using var reader = new BinaryReader(File.OpenRead(_path));
        try
        {
            CheckOrigin(reader);
            progress.Epoch = reader.ReadInt32();
            progress.BestEpoch = reader.ReadInt32();
            progress.BestLoss = reader.ReadDouble();
            progress.Before = new TimeSpan(reader.ReadInt64());
            using (no_grad())
            {
                var state = network.state_dict();
                NamedTensors.Read(reader, device, (name, tensor) => state[name].copy_(tensor));
                best.Load(reader, device);
            }
            optimizer.load_state_dict(reader);
            return true;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"The checkpoint '{_path}' ends too early: it is damaged. Delete it to begin anew.", e);
        }
    }

    private void CheckOrigin(BinaryReader reader)
    {
        if (reader.PeekChar() != Magic.Length || reader.ReadString() != Magic)
            throw new InvalidDataException($"'{_path}' is no checkpoint of this version. Delete it to begin anew.");
        if (reader.ReadString() is var found && found != fingerprint)
            throw new InvalidOperationException(
                $"The checkpoint '{_path}' is of another training ({found}; this one is {fingerprint}). "
                + "Name another folder, or delete it to begin anew.");
    }
}
