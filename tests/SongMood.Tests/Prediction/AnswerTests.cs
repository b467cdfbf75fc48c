using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Embeddings;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Embeddings;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>What a prediction tells besides the mood.</summary>
public sealed class AnswerTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Song => Path.Combine(TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");

    public void Dispose() => _folder.Dispose();

    /// <summary>Q1 to Q4 of the data set: happy, energetic, sad, calm.</summary>
    [Theory]
    [InlineData("happy", 1, 1)]
    [InlineData("energetic", -1, 1)]
    [InlineData("sad", -1, -1)]
    [InlineData("calm", 1, -1)]
    public void A_mood_alone_is_a_corner_of_the_plane(string mood, float valence, float arousal)
    {
        var prediction = new MoodPrediction(mood, new[] { "sad", "calm", "happy", "energetic" }
            .ToDictionary(each => each.ToUpperInvariant(), each => each == mood ? 1f : 0)); // whatever their order and case
        Assert.Equal((valence, arousal), (prediction.Valence, prediction.Arousal));
    }

    /// <summary>Sessions are opened for the cores that were asked for, and the next model's as ever.</summary>
    [Fact]
    public void The_cores_of_a_song_change_no_answer()
    {
        Assert.Equal(3, SessionCores.Limit(3, () => SessionCores.OfThisThread));
        Assert.Throws<MoodModelException>(() => MoodPredictor.Load(Stream.Null, new MoodPredictorOptions { CoresPerSong = 1 }));
        Assert.Equal(0, SessionCores.OfThisThread);
        using var all = MoodPredictor.LoadPretrained();
        var expected = all.Predict(Song);
        foreach (var cores in new[] { 1, 2 })
        {
            using var some = MoodPredictor.LoadPretrained(new MoodPredictorOptions { CoresPerSong = cores });
            var actual = some.Predict(Song);
            Assert.Equal(expected.Scores, actual.Scores);
            Assert.Equal(expected.Embedding, actual.Embedding);
        }
        Assert.Contains("CoresPerSong is 0, expected 1 or more", Assert.Throws<ArgumentException>(
            () => MoodPredictor.LoadPretrained(new MoodPredictorOptions { CoresPerSong = 0 })).Message);
    }

    [Fact]
    public void The_plane_is_a_sum_of_probabilities_and_null_for_other_moods()
    {
        var prediction = new MoodPrediction(
            "happy", new Dictionary<string, float> { ["calm"] = 0.1f, ["energetic"] = 0.2f, ["happy"] = 0.4f, ["sad"] = 0.3f });
        Assert.Equal(0.4f + 0.1f - 0.2f - 0.3f, prediction.Valence!.Value, 1e-6f);
        Assert.Equal(0.4f + 0.2f - 0.3f - 0.1f, prediction.Arousal!.Value, 1e-6f);
        var three = new MoodPrediction("happy", new Dictionary<string, float> { ["calm"] = 0.3f, ["happy"] = 0.4f, ["sad"] = 0.3f });
        Assert.Equal((null, null), (three.Valence, three.Arousal));
        using var predictor = MoodPredictor.Load(tones.Model); // high and low
        var heard = predictor.Predict(ToneFiles.Wav(300));
        Assert.Equal((null, null, null, null), (heard.Valence, heard.Arousal, heard.IsUnsure, heard.Features));
    }

    /// <summary>The predictor goes another way through a model of patches than ML.NET does, and comes to the same numbers.</summary>
    [Fact]
    public void The_pretrained_model_says_what_its_pipeline_says()
    {
        var ml = new MLContext(1);
        using var resource = typeof(MoodPredictor).Assembly.GetManifestResourceStream("SongMood.Pretrained.model.zip")!;
        var model = ml.Model.Load(resource, out _);
        var rows = model.Transform(ml.Data.LoadFromEnumerable([new Row { Path = Song }]));
        var embedding = rows.GetColumn<float[]>("Features").Single();
        using var predictor = MoodPredictor.LoadPretrained();
        var prediction = predictor.Predict(Song);
        Assert.Equal(256, embedding.Length);
        Assert.Equal(rows.GetColumn<float[]>("Score").Single(), prediction.Scores.Values);
        Assert.Equal(embedding, prediction.Embedding);
        Assert.Equal(AudioFile.Read(Song).Duration, prediction.Duration);
        Assert.NotNull(prediction.Valence);
    }

    [Fact]
    public void A_network_gives_the_values_before_its_last_layer()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var (low, alike, high) = (Of(300), Of(310), Of(5000));
        Assert.NotEmpty(low.Embedding);
        Assert.True(Cosine(low, alike) > Cosine(low, high), $"{Cosine(low, alike)}, {Cosine(low, high)}");

        MoodPrediction Of(double frequencyHz) => predictor.Predict(ToneFiles.Wav(frequencyHz));

        static float Cosine(MoodPrediction a, MoodPrediction b) =>
            System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>([.. a.Embedding], [.. b.Embedding]);
    }

    [Fact]
    public void Features_have_the_units_that_they_say()
    {
        using var predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true });
        var clicks = new float[20 * 44100]; // 120 a minute, over an A minor chord
        for (var n = 0; n < clicks.Length; n++)
        {
            clicks[n] = (float)new[] { 220.0, 261.63, 329.63, 440 }.Sum(hz => 0.05 * Math.Sin(2 * Math.PI * hz * n / 44100));
            if (n % 22050 < 400)
                clicks[n] += 0.5f * MathF.Sin(n * 0.9f);
        }
        var features = predictor.Predict(new Waveform([clicks], 44100)).Features!;
        Assert.InRange(features.TempoBpm, 119, 121);
        Assert.InRange(features.TempoConfidence, 0.2, 1);
        Assert.Equal(("A", MusicMode.Minor), (features.Key, features.Mode));
        Assert.InRange(features.KeyStrength, 0.5, 1);
        Assert.InRange(features.LoudnessLufs, -30, -10);
        Assert.InRange(features.OnsetsPerSecond, 1.8, 2.2);
        Assert.InRange(features.BrightnessHz, 300, 5000);
        Assert.InRange(features.Danceability, 0, 3);
        var louder = predictor.Predict(new Waveform([Array.ConvertAll(clicks, sample => sample * 1.5f)], 44100)).Features!;
        Assert.Equal(features.LoudnessLufs + 20 * Math.Log10(1.5), louder.LoudnessLufs, 0.01);
        Assert.Contains("A minor", features.ToString());
    }

    /// <summary>By it embeddings are told to be of one model, however that was loaded.</summary>
    [Fact]
    public void The_models_id_is_the_hash_of_its_file()
    {
        using var zip = new MemoryStream();
        using (var stream = Pretrained.PretrainedModel.Open())
            stream.CopyTo(zip);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zip.ToArray()));
        using (var pretrained = MoodPredictor.LoadPretrained())
            Assert.Equal(hash, pretrained.ModelId);
        var loaded = MoodPredictor.Load(zip);
        loaded.Dispose();
        Assert.Equal(hash, loaded.ModelId); // as before, also when its model is gone
    }

    /// <summary>Both are computed from the same frames where the model's front end is the one that descriptors have.</summary>
    [Fact]
    public void Features_change_no_number_of_the_prediction_and_are_those_of_the_song_alone()
    {
        using (var stream = typeof(MoodPredictor).Assembly.GetManifestResourceStream("SongMood.Pretrained.model.zip")!)
        using (var model = MoodModel.Load(new MLContext(), stream, "pretrained"))
            Assert.NotNull(model.Patches!.FrontOfMel);
        using var plain = MoodPredictor.LoadPretrained();
        using var featured = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true });
        var (without, with) = (plain.Predict(Song), featured.Predict(Song));
        Assert.Equal(without.Scores.Values, with.Scores.Values);
        Assert.Equal(without.Embedding, with.Embedding);
        Assert.Null(without.Features);
        var wave = AudioFile.Read(Song, new AudioReadOptions { Mono = true, SampleRate = 22050 });
        var meter = new FeatureMeter();
        meter.Add(wave.ToMono(), 22050);
        Assert.Equal(meter.Features(), with.Features);
        var (windows, windowsWith) = (plain.PredictTimeline(Song), featured.PredictTimeline(Song));
        Assert.Equal(windows.Windows.Select(window => window.Scores.Values.ToArray()),
            windowsWith.Windows.Select(window => window.Scores.Values.ToArray()));
        var loud = new Waveform([[.. wave.ToMono()[..20_000], 1e18f, 0]], 22050);
        foreach (var predictor in (MoodPredictor[])[plain, featured])
            Assert.Contains("E+18", Assert.Throws<AudioFormatException>(() => predictor.Predict(loud)).Message);
    }

    /// <summary>Two pieces: the means, the louder weighing more in decibels, and the tempo of the one that has one.</summary>
    [Fact]
    public void Features_of_pieces_are_put_together()
    {
        var meter = new FeatureMeter();
        var (first, second) = (AudioFile.Read(ToneFiles.Wav(300, 4)).ToMono(), AudioFile.Read(ToneFiles.Wav(3000, 4)).ToMono());
        var parts = new[] { first, second }.Select(part =>
        {
            meter.Clear();
            meter.Add(part, ToneFiles.SampleRate);
            return meter.Features();
        }).ToArray();
        meter.Clear();
        meter.Add(first, ToneFiles.SampleRate);
        meter.Add(second, ToneFiles.SampleRate);
        var both = meter.Features();
        Assert.NotEqual(parts[0].BrightnessHz, parts[1].BrightnessHz, 500.0);
        Assert.Equal((parts[0].BrightnessHz + parts[1].BrightnessHz) / 2, both.BrightnessHz, 1e-6);
        Assert.Equal(10 * Math.Log10((Math.Pow(10, parts[0].LoudnessLufs / 10) + Math.Pow(10, parts[1].LoudnessLufs / 10)) / 2),
            both.LoudnessLufs, 1e-6);
        Assert.Equal(parts.Max(part => part.TempoConfidence), both.TempoConfidence);
        Assert.Equal(parts.Max(part => part.KeyStrength), both.KeyStrength);
    }

    /// <summary>It took a file of which the model needs a second as a whole, and exactly whatever the model said.</summary>
    [Fact]
    public void What_the_model_takes_is_read_and_as_the_model_says()
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable([new Row { Path = Song }]);
        var scores = new List<IEnumerable<float>>();
        foreach (var quality in Enum.GetValues<AudioQuality>())
        {
            var options = new Transforms.LoadAudioOptions { SampleRate = 22050, Quality = quality, OffsetSeconds = 1, DurationSeconds = 3 };
            var model = ml.Transforms.LoadAudio("Waveform", "Path", options)
                .Append(ml.Transforms.MelSpectrogram("Mel", "Waveform")).Append(ml.Transforms.PowerToDecibels("Decibels", "Mel"))
                .Append(ml.Transforms.EmbedSpectrogram("Score", "Decibels", new EmbedSpectrogramOptions
                {
                    ModelBytes = SmallNetworks.MeanOverFrames(framesFirst: true, "frames", 128),
                    PatchFrames = 64,
                    Operators = GraphOperators.Tagging,
                })).Fit(rows);
            var zip = _folder.File("model.zip");
            ml.Model.Save(model, rows.Schema, zip);
            using var predictor = MoodPredictor.Load(zip);
            var prediction = predictor.Predict(Song);
            scores.Add(model.Transform(rows).GetColumn<float[]>("Score").Single());
            Close.Equal([.. scores[^1]], prediction.Scores.Values, 1e-4f);
            Assert.Equal(TimeSpan.FromSeconds(3), prediction.Duration);
            using var asked = MoodPredictor.Load(zip, new MoodPredictorOptions { Quality = AudioQuality.Fast });
            if (quality == AudioQuality.Fast)
                Assert.Equal(prediction.Scores, asked.Predict(Song).Scores);
            else
                Assert.NotEqual(prediction.Scores, asked.Predict(Song).Scores);

            var wav = new CountedStream(ToneFiles.Wav(300, 600));
            predictor.Predict(wav);
            Assert.InRange(wav.BytesRead, 2 * 3 * ToneFiles.SampleRate, wav.Length / 20);
        }
        Assert.NotEqual(scores[0], scores[1]); // else the two qualities would be one here
    }

    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) // which the one over spans comes to
        {
            var read = base.Read(buffer, offset, count);
            BytesRead += read;
            return read;
        }
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
