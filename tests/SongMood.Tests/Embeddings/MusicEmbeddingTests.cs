using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Embeddings;
using SongMood.TestSupport;

namespace SongMood.Tests.Embeddings;

public class MusicEmbeddingTests
{
    private static readonly string[] Songs = ["happy-1.mp3", "sad-2.mp3"];
    private readonly MLContext _ml = new(1);

    public static TheoryData<string> Samples => [.. Songs];

    [Fact]
    public void The_network_is_in_the_package_and_within_four_megabytes()
    {
        Assert.True(MusicEmbeddingNetwork.Exists);
        Assert.InRange(MusicEmbeddingNetwork.Options.ModelBytes!.Length, 1 << 20, 4_000_000);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_the_mean_of_what_the_network_says_of_each_patch(string song)
    {
        var embedding = Embed(Read(song));
        Assert.Equal(256, embedding.Length);
        Assert.Equal(BySlowTwin(Read(song)), embedding, (a, b) => Math.Abs(a - b) <= 1e-4f);
        Assert.InRange(embedding.Max() - embedding.Min(), 0.1f, 100f); // it says something
    }

    [Fact]
    public void Songs_differ() => Assert.InRange(
        TensorPrimitives.CosineSimilarity<float>(Embed(Read(Songs[0])), Embed(Read(Songs[1]))), -1, 0.99f);

    [Fact]
    public void Loudness_and_the_reference_of_the_decibels_do_not_matter()
    {
        var samples = Read(Songs[0]);
        var expected = Embed(samples);
        var softer = Array.ConvertAll(samples, sample => sample / 4);
        Assert.Equal(expected, Embed(softer), (a, b) => Math.Abs(a - b) <= 2e-3f);
        Assert.Equal(expected, Embed(samples, new DecibelOptions { ReferenceIsMax = true, TopDb = 80 }),
            (a, b) => Math.Abs(a - b) <= 2e-3f);
    }

    [Fact]
    public void It_is_saved_with_its_network()
    {
        var pipeline = Pipeline(new DecibelOptions()).Fit(View([]));
        using var file = new MemoryStream();
        _ml.Model.Save(pipeline, View([]).Schema, file);
        file.Position = 0;
        var samples = Read(Songs[0]);
        Assert.Equal(Embed(samples), Embed(new MLContext(2).Model.Load(file, out _), samples));
    }

    [Fact]
    public void All_ways_of_pooling_stand_side_by_side()
    {
        var all = Embed(_ml.Transforms.MusicEmbedding("Embedding", "Decibels",
            PatchPooling.Mean | PatchPooling.Deviation | PatchPooling.Maximum), Read(Songs[0]));
        Assert.Equal(3 * 256, all.Length);
        Assert.Equal(Embed(Read(Songs[0])), all[..256]);
    }

    private static float[] Read(string song) => AudioFile.Read(Path.Combine(TestData.RepositoryRoot, "samples", "audio", song),
        new AudioReadOptions { SampleRate = 22050, Mono = true }).ToMono();

    private static float[] BySlowTwin(float[] samples)
    {
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var frameCount = mel.FrameCount(samples.Length);
        var bands = new float[128 * frameCount];
        mel.Compute(samples, bands);
        Decibels.FromPower(bands, bands);
        var loudest = bands.Max();
        using var session = new InferenceSession(MusicEmbeddingNetwork.Options.ModelBytes);
        var patchCount = (frameCount - 128) / 64 + 1; // each begins in the middle of the one before
        var sum = new double[256];
        for (var patch = 0; patch < patchCount; patch++)
        {
            var values = new float[128 * 128];
            for (var band = 0; band < 128; band++)
                for (var frame = 0; frame < 128; frame++)
                    values[band * 128 + frame] =
                        Math.Max((float)-MusicEmbeddingNetwork.RangeDb, bands[band * frameCount + patch * 64 + frame] - loudest);
            using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 128, 128]);
            using var options = new RunOptions();
            using var said = session.Run(options, ["patches"], [input], ["embedding"]);
            for (var i = 0; i < 256; i++)
                sum[i] += said[0].GetTensorDataAsSpan<float>()[i];
        }
        return [.. sum.Select(value => (float)(value / patchCount))];
    }

    private float[] Embed(float[] samples, DecibelOptions? decibels = null) =>
        Embed(Pipeline(decibels ?? new DecibelOptions()).Fit(View([])), samples);

    private float[] Embed(IEstimator<ITransformer> last, float[] samples) =>
        Embed(ToDecibels(new DecibelOptions()).Append(last).Fit(View([])), samples);

    private float[] Embed(ITransformer model, float[] samples) =>
        model.Transform(View(samples)).GetColumn<float[]>("Embedding").Single();

    private IEstimator<ITransformer> Pipeline(DecibelOptions decibels) =>
        ToDecibels(decibels).Append(_ml.Transforms.MusicEmbedding("Embedding", "Decibels"));

    private EstimatorChain<ITransformer> ToDecibels(DecibelOptions decibels) => new EstimatorChain<ITransformer>()
        .Append(_ml.Transforms.MelSpectrogram("Mel", "Waveform"))
        .Append((IEstimator<ITransformer>)_ml.Transforms.PowerToDecibels("Decibels", "Mel", decibels));

    private IDataView View(float[] samples) => _ml.Data.LoadFromEnumerable(new[] { new Song { Waveform = samples } });

    private sealed class Song
    {
        public float[] Waveform { get; set; } = [];
    }
}
