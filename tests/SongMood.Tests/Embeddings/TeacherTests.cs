using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Embeddings;
using SongMood.TestSupport;
using SongMood.Transforms;

namespace SongMood.Tests.Embeddings;

/// <summary>
/// Three public networks from their waveforms on, by their front ends and <c>EmbedSpectrogram</c>, against what they are known to say.
/// </summary>
public sealed class TeacherTests
{
    private readonly MLContext _ml = new(1);

    // Golden values of its spectrogram, and so of all that follows, went through half precision.
    [Fact]
    public void Musicnn_says_what_it_is_known_to_say()
    {
        var options = Tagger("musicnn_msd.npz", MusicnnGraph.Build);
        AssertMean("musicnn.embedding", Embed(MelFrontEnd.Musicnn, options, "waveform16000"), 5e-4);
        AssertMean("musicnn.logits", Embed(MelFrontEnd.Musicnn, options with { OutputName = "logits" }, "waveform16000"), 5e-4);
    }

    [Fact]
    public void Yamnet_says_what_it_is_known_to_say()
    {
        var options = Tagger("yamnet.npz", YamnetGraph.Build);
        AssertMean("yamnet.embedding", Embed(MelFrontEnd.Yamnet, options, "waveform16000"), 1e-4);
        AssertMean("yamnet.probabilities", Embed(MelFrontEnd.Yamnet, options with { OutputName = "probabilities" }, "waveform16000"), 1e-4);
    }

    [Fact]
    public void The_compact_network_says_what_it_is_known_to_say() => AssertMean("compact.embedding", Embed(MelFrontEnd.CompactCnn,
        Tagger("compact_cnn.npz", CompactCnnGraph.Build) with { Layout = PatchLayout.BandsByFrames }, "waveform12000"), 1e-4);

    private static EmbedSpectrogramOptions Tagger(string file, Func<NumpyArchive, byte[]> build)
    {
        using var numbers = new NumpyArchive(TestData.Require("teachers", file));
        return new EmbedSpectrogramOptions { ModelBytes = build(numbers), Operators = GraphOperators.Tagging };
    }

    private static NumpyArchive Golden() => new(TestData.Require("teachers", "golden.npz"));

    private float[] Embed(MelFrontEnd frontEnd, EmbedSpectrogramOptions options, string waveform)
    {
        using var golden = Golden();
        var data = _ml.Data.LoadFromEnumerable([new Row { Audio = golden.Values(waveform) }]);
        var rate = frontEnd.Mel.SampleRate;
        return [.. _ml.Transforms.ResampleAudio("Audio", null, new ResampleAudioOptions { FromSampleRate = rate, SampleRate = rate })
            .Append(_ml.Transforms.LogMelSpectrogram("LogMel", "Audio", frontEnd))
            .Append(_ml.Transforms.EmbedSpectrogram("Embedding", "LogMel", options)).Fit(data).Transform(data)
            .GetColumn<VBuffer<float>>("Embedding").Single().DenseValues()];
    }

    /// <summary>Against golden values of each patch, or of the clip.</summary>
    private static void AssertMean(string name, float[] actual, double tolerance)
    {
        using var golden = Golden();
        var (expected, shape) = golden.Array(name);
        var patches = shape.Length == 1 ? 1 : shape[0];
        Assert.Equal(expected.Length, patches * actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(Enumerable.Range(0, patches).Average(patch => expected[patch * actual.Length + i]), actual[i], tolerance);
    }

    private sealed class Row
    {
        public float[] Audio { get; set; } = [];
    }
}
