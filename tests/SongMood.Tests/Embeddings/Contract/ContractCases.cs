using System.Reflection;
using Microsoft.ML;
using SongMood.Embeddings;
using SongMood.Tests.Embeddings;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>This library's components, for the contract that those of SongMood.Transforms are held to as well.</summary>
public static class ContractCases
{
    public delegate IEstimator<ITransformer> Make(TransformsCatalog catalog, string output, string input);

    public static Assembly Components => typeof(EmbedSpectrogramTransformer).Assembly;

    public static readonly Dictionary<string, (string Input, Make Make)> All = new()
    {
        ["EmbedSpectrogram"] = ("Mel", (c, o, i) => c.EmbedSpectrogram(o, i, new EmbedSpectrogramOptions
        {
            ModelBytes = SmallNetworks.Dense(frameCount: 7, bandCount: 12),
            PatchHop = 4,
            Pooling = PatchPooling.Mean | PatchPooling.Deviation | PatchPooling.Maximum,
        })),
        ["EmbedSpectrogram, known size"] = ("Spectrum", (c, o, i) => c.EmbedSpectrogram(o, i, new EmbedSpectrogramOptions
        {
            ModelBytes = SmallNetworks.Convolution(bandCount: 8),
            PatchFrames = 5,
            Layout = PatchLayout.BandsByFrames,
            Rest = PatchRest.Fill,
            Operators = GraphOperators.Tagging,
        })),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>What ONNX Runtime's values and names take for a run, of which each row here has one.</summary>
    public static long? MostAllocatedBytes(string name) => 4096;
}
