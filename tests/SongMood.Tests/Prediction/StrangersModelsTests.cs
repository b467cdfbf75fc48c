using System.Diagnostics;
using Microsoft.ML;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Embeddings;
using SongMood.Networks;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Embeddings;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Transforms;
using TorchSharp;

namespace SongMood.Tests.Prediction;

/// <summary>
/// Any zip ends in predictions or the errors that are documented, within bounds of time and memory: real models are changed at random.
/// The number is bounded here; SONGMOOD_MODEL_MUTANTS asks for others, "from,count" (docs/model-format.md notes the longest run).
/// </summary>
[Collection(nameof(Torch))]
public sealed class StrangersModelsTests : IDisposable
{
    private const int Seed = 20261126;
    private const int DefaultCount = 300;
    private const long MostAllocated = 3L << 30; // a row of 1 GiB through three steps
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mutants_predict_or_are_refused()
    {
        var (first, count) = Environment.GetEnvironmentVariable("SONGMOOD_MODEL_MUTANTS") is { } asked ? Range(asked) : (0, DefaultCount);
        var models = Models().ToArray();
        var tone = AudioFile.Read(ToneFiles.Wav(440, seconds: 0.5));
        Assert.All(models, model => Assert.Equal("none", Outcome(model, tone))); // all are sound before
        var outcomes = new Dictionary<string, int>();
        var slowest = TimeSpan.Zero;
        for (var i = first; i < first + count; i++)
        {
            var random = new Random(Seed + i);
            var mutant = ModelMutants.Mutate(random, models[random.Next(models.Length)]);
            var start = Stopwatch.GetTimestamp();
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            string outcome;
            try
            {
                outcome = Outcome(mutant, tone);
            }
            catch (Exception e)
            {
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"songmood-mutant-{i}.zip"), mutant);
                Assert.Fail($"mutant {i}: {e}");
                throw;
            }
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            var (took, allocated) = (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
            slowest = took > slowest ? took : slowest;
            Assert.True(took < Longest && allocated < MostAllocated, $"mutant {i} took {took} and {allocated} bytes");
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} mutants of {models.Length} models: {string.Join(", ", outcomes.Select(pair => $"{pair.Value} {pair.Key}"))}; "
            + $"slowest {slowest.TotalMilliseconds:F0} ms, at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        Assert.True(outcomes.GetValueOrDefault("none") > 0 && outcomes.GetValueOrDefault(nameof(MoodModelException)) > count / 4);
    }

    /// <summary>Loads a model in each of the ways that there are, and predicts; the name of the documented error, or "none".</summary>
    private string Outcome(byte[] model, Waveform tone)
    {
        var path = _folder.Write("mutant.zip", model);
        foreach (var look in new Action[] { () => ModelDescription.Read(path), () => EnsembleMember.FromFile(path) })
            try
            {
                look();
            }
            catch (MoodModelException e)
            {
                Assert.Contains(path, e.Message);
            }
        try
        {
            using var predictor = MoodPredictor.Load(path);
            var prediction = predictor.Predict(tone);
            Assert.Contains(prediction.Mood, prediction.Scores.Keys);
            return "none";
        }
        catch (Exception e) when (e is MoodModelException or AudioFormatException)
        {
            return e.GetType().Name;
        }
    }

    /// <summary>A network of each kind behind a decoder, and an ensemble.</summary>
    private IEnumerable<byte[]> Models()
    {
        var songs = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(i => new Song
        {
            Path = _folder.Write($"{i}.wav", ToneFiles.Wav(i % 2 == 0 ? 300 : 4000, 0.5, seed: i)),
            Mood = i % 2 == 0 ? "low" : "high",
        }));
        var trainers = _ml.MulticlassClassification.Trainers;
        foreach (var trainer in new IEstimator<ITransformer>[]
        {
            trainers.Lstm(new LstmOptions { HiddenSize = 6, LinearSizes = [5], Epochs = 1 }),
            trainers.Gru(new GruOptions { HiddenSize = 4, Bidirectional = true, Epochs = 1 }),
            trainers.Crnn(new CrnnOptions { Epochs = 1 }),
            trainers.Attention(new AttentionOptions { Epochs = 1 }),
        })
            yield return Fit(_ml.Transforms.MelSpectrogram("Mel", "Audio", new MelSpectrogramOptions { BandCount = 12 })
                .Append(_ml.Transforms.PowerToDecibels("Mel")).Append(_ml.Transforms.ScaleMinMax("Features", "Mel")).Append(trainer));
        var descriptors = _ml.Transforms.MusicDescriptors("Features", "Audio", Dsp.Descriptors.DescriptorGroups.Spectrum);
        yield return Fit(descriptors.Append(trainers.Cnn(new CnnOptions { Channels = [4, 4, 5, 5], Epochs = 1 })));
        var networkOfUsers = new EmbedSpectrogramOptions
        {
            ModelBytes = SmallNetworks.Convolution(12),
            PatchFrames = 9,
            Layout = PatchLayout.BandsByFrames,
            Operators = GraphOperators.Tagging,
        };
        yield return Fit(descriptors.Append(_ml.Transforms.MelSpectrogram("Mel", "Audio", new MelSpectrogramOptions { BandCount = 12 }))
            .Append(_ml.Transforms.EmbedSpectrogram("Mel", null, networkOfUsers))
            .Append(_ml.Transforms.ConcatenateBlocks("Features", "Features", "Mel"))
            .Append(trainers.Mlp(new MlpOptions { HiddenSizes = [6], Epochs = 1 })));
        yield return Fit(descriptors.Append(trainers.Ensemble(
        [
            EnsembleMember.ToTrain(trainers.Mlp(new MlpOptions { HiddenSizes = [6], Epochs = 1 })),
            EnsembleMember.ToTrain(trainers.Mlp(new MlpOptions { HiddenSizes = [6], Form = MlpForm.Hardtanh, Epochs = 1 })),
        ], combiner: EnsembleCombiner.Vote)));

        byte[] Fit(IEstimator<ITransformer> rest)
        {
            using var zip = new MemoryStream();
            _ml.Model.Save(_ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(_ml.Transforms.LoadAudio("Audio", "Path"))
                .Append(rest).Fit(songs), songs.Schema, zip);
            return zip.ToArray();
        }
    }

    private static (int First, int Count) Range(string text)
    {
        var numbers = text.Split(',');
        return (int.Parse(numbers[0]), int.Parse(numbers[1]));
    }

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }
}
