using BringYourEmbedding.Networks;
using Microsoft.ML;
using SongMood.Embeddings;
using SongMood.Transforms;

namespace BringYourEmbedding;

/// <summary>A public network: where its numbers are, how its graph is written, what it listens to.</summary>
/// <param name="Name">Its name in golden.npz, and of its columns here.</param>
/// <param name="File">Its numbers.</param>
/// <param name="Build">Its graph.</param>
/// <param name="FrontEnd">From a waveform to what it was taught on.</param>
/// <param name="Layout">How a patch lies in its input.</param>
/// <param name="Tolerance">How far its golden embedding may be off: musicnn's went through half precision.</param>
internal sealed record Teacher(
    string Name, string File, Func<NumpyArchive, byte[]> Build, MelFrontEnd FrontEnd, PatchLayout Layout, double Tolerance)
{
    public static readonly Teacher[] All =
    [
        new("musicnn", "musicnn_msd.npz", MusicnnGraph.Build, MelFrontEnd.Musicnn, PatchLayout.FramesByBands, 5e-4),
        new("yamnet", "yamnet.npz", YamnetGraph.Build, MelFrontEnd.Yamnet, PatchLayout.FramesByBands, 1e-4),
        new("compact", "compact_cnn.npz", CompactCnnGraph.Build, MelFrontEnd.CompactCnn, PatchLayout.BandsByFrames, 1e-4),
    ];

    /// <summary>Writes the network as ONNX, as you would export one of yours.</summary>
    public void Write(string folder, string path)
    {
        using var numbers = new NumpyArchive(Path.Combine(folder, File));
        System.IO.File.WriteAllBytes(path, Build(numbers));
    }

    /// <summary>From a waveform that knows its rate to the network's embedding of the song, in a column of its name.</summary>
    public IEstimator<ITransformer> Steps(MLContext ml, string audioColumn, string networkPath) =>
        ml.Transforms.LogMelSpectrogram(Name, audioColumn, FrontEnd).Append(ml.Transforms.EmbedSpectrogram(Name, null,
            new EmbedSpectrogramOptions { Model = networkPath, Layout = Layout, Operators = GraphOperators.Tagging }));
}
