using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Prediction;
using SongMood.Pretrained;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

public sealed class MoodPredictorTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_path_bytes_and_a_waveform_give_the_same()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var bytes = ToneFiles.Wav(5000);
        var byPath = predictor.Predict(_folder.Write("song.wav", bytes));
        Assert.Equal("high", byPath.Mood);
        Assert.Equal(["high", "low"], byPath.Scores.Keys);
        Assert.Equal(byPath.Scores, predictor.Predict(bytes).Scores);
        Assert.Equal(byPath.Scores, predictor.Predict(AudioFile.Read(bytes)).Scores);
    }

    [Fact]
    public void A_waveform_of_another_rate_and_two_channels_is_converted()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var tone = AudioFile.Read(ToneFiles.Wav(300)).ToMono();
        var twiceTheRate = Resampler.Resample(tone, ToneFiles.SampleRate, 2 * ToneFiles.SampleRate);
        var expected = predictor.Predict(new Waveform([tone], ToneFiles.SampleRate)).Scores["low"];
        Assert.Equal(expected, predictor.Predict(new Waveform([twiceTheRate, twiceTheRate], 2 * ToneFiles.SampleRate)).Scores["low"], 0.01);
    }

    [Fact]
    public void A_stream_stays_open()
    {
        using var stream = File.OpenRead(tones.Model);
        using (var predictor = MoodPredictor.Load(stream))
            Assert.Equal(["high", "low"], predictor.Moods);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Many_threads_at_once_get_what_one_gets()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var songs = Enumerable.Range(0, 40).Select(i => AudioFile.Read(ToneFiles.Wav(200 + 150 * i, 0.5 + 0.03 * i, seed: i))).ToArray();
        var alone = songs.Select(song => predictor.Predict(song).Scores["low"]).ToArray();
        var together = new float[songs.Length];
        Parallel.For(0, songs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => together[i] = predictor.Predict(songs[i]).Scores["low"]);
        Assert.Equal(alone, together);
        Assert.True(alone.Distinct().Count() > 20);
    }

    [Fact]
    public void What_cannot_be_listened_to_is_refused()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var text = _folder.Write("letter.mp3", "Dear friend, this is no music.");
        Assert.Contains(text, Assert.Throws<AudioFormatException>(() => predictor.Predict(text)).Message);
        Assert.Throws<AudioFormatException>(() => predictor.Predict(ReadOnlyMemory<byte>.Empty));
        Assert.Contains("none.mp3", Assert.Throws<AudioFormatException>(() => predictor.Predict(_folder.File("none.mp3"))).Message);
        Assert.Throws<AudioFormatException>(() => predictor.Predict(new Waveform([[]], 22050)));
        Assert.Throws<AudioFormatException>(() => predictor.Predict(new Waveform([[float.NaN, .. Tone(300, 22050)]], 22050)));
        // and the next song is none the worse for it
        Assert.Equal("low", predictor.Predict(new Waveform([Tone(300, 22050)], 22050)).Mood);
    }

    [Theory]
    [InlineData(1e18f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.PositiveInfinity)]
    public void Huge_samples_are_an_audio_error_from_every_path_or_a_finite_prediction(float sample)
    {
        var samples = Tone(300, ToneFiles.SampleRate);
        samples[1000] = sample;
        var path = _folder.Write("huge.wav", FloatWav(samples));
        foreach (var load in new Func<MoodPredictor>[] { () => MoodPredictor.Load(tones.Model), () => MoodPredictor.LoadPretrained() })
        {
            using var predictor = load();
            var refusals = 0;
            foreach (var (way, predict) in new Func<MoodPrediction>[]
            {
                () => predictor.Predict(path),
                () => predictor.Predict(File.ReadAllBytes(path)),
                () => predictor.Predict(new MemoryStream(File.ReadAllBytes(path))),
                () => predictor.Predict(new Waveform([samples], ToneFiles.SampleRate)),
            }.Index())
                try
                {
                    Assert.Equal(1, predict().Scores.Values.Sum(), 1e-4); // some models bear it
                }
                catch (AudioFormatException error)
                {
                    Assert.Equal(way == 0 ? path : null, error.File);
                    refusals++;
                }
            Assert.True(refusals > 0 || sample is 1e18f or float.PositiveInfinity, $"{sample} was taken");
            Assert.Equal(1, predictor.Predict(new Waveform([Tone(300, 22050)], 22050)).Scores.Values.Sum(), 1e-4);
        }
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_or_be_read_synchronously()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var bytes = ToneFiles.Wav(5000);
        var expected = predictor.Predict(bytes).Scores;
        Assert.Equal(expected, predictor.Predict(new MemoryStream(bytes)).Scores);
        Assert.Equal(expected, (await predictor.PredictAsync(new RequestBody(bytes), TestContext.Current.CancellationToken)).Scores);
        var path = _folder.Write("song.wav", bytes);
        Assert.Equal(expected, (await predictor.PredictAsync(path, TestContext.Current.CancellationToken)).Scores);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_the_callers_fault()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var closed = new MemoryStream(ToneFiles.Wav(5000));
        closed.Dispose();
        Assert.False(closed.CanRead);
        Assert.Contains("cannot be read", Assert.Throws<ArgumentException>(() => predictor.Predict(closed)).Message);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<ArgumentException>(
            () => predictor.PredictAsync(closed, TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task Cancellation_ends_a_prediction()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var path = _folder.Write("song.wav", ToneFiles.Wav(5000));
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => predictor.PredictAsync(path, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => predictor.PredictAsync(new MemoryStream(ToneFiles.Wav(5000)), cancelled));
    }

    /// <summary>Seven seconds in pieces of three at most are three pieces of a third.</summary>
    [Fact]
    public void Long_songs_are_the_mean_of_pieces_of_one_length()
    {
        using var inPieces = MoodPredictor.Load(tones.Model, new MoodPredictorOptions { PieceLength = TimeSpan.FromSeconds(3) });
        using var whole = MoodPredictor.Load(tones.Model);
        float[] song = [.. Of(300, 3), .. Of(4500, 4)];
        var third = (song.Length + 2) / 3;
        var parts = song.Chunk(third).ToArray();
        var scores = parts.Select(part => LowOf(whole, part)).ToArray();
        Assert.True(scores.Length == 3 && scores[0] > 0.6 && scores[2] < 0.4, string.Join(", ", scores));
        var expected = scores.Zip(parts, (score, part) => score * part.Length).Sum() / song.Length;
        Assert.Equal(expected, LowOf(inPieces, song), 1e-6);
        Assert.Equal(expected, inPieces.Predict(_folder.Write("long.wav", FloatWav(song))).Scores["low"], 1e-6);
        float[] little = [.. Of(300, 3), .. Of(4500, 0.1)]; // more than a piece
        Assert.Equal(LowOf(whole, little), LowOf(inPieces, little)); // exactly: it is one

        static float[] Of(double frequencyHz, double seconds) => AudioFile.Read(ToneFiles.Wav(frequencyHz, seconds)).ToMono();
        static float LowOf(MoodPredictor predictor, float[] samples) =>
            predictor.Predict(new Waveform([samples], ToneFiles.SampleRate)).Scores["low"];
    }

    /// <summary>What is not allocated need not be collected in time: an hour took four times the memory that ten minutes took.</summary>
    [Fact]
    public void A_long_song_allocates_no_more_than_a_short_one()
    {
        using var predictor = MoodPredictor.Load(tones.Model, new MoodPredictorOptions { PieceLength = TimeSpan.FromSeconds(4) });
        var allocated = new List<long>();
        foreach (var seconds in new[] { 64, 64, 256 }) // the first warms up
        {
            var path = _folder.Write("long.wav", ToneFiles.Wav(300, seconds));
            var before = GC.GetAllocatedBytesForCurrentThread();
            predictor.Predict(path);
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }
        var samples = (256 - 64) * ToneFiles.SampleRate * sizeof(float);
        Assert.InRange(allocated[2] - allocated[1], long.MinValue, samples / 4);
    }

    [Fact]
    public void Too_long_a_song_is_an_error_that_names_the_option()
    {
        Assert.Equal(TimeSpan.FromHours(10), new MoodPredictorOptions().MaximumDuration);
        Assert.Equal(TimeSpan.FromMinutes(10), SongPieces.Length);
        using var predictor = MoodPredictor.Load(tones.Model, new MoodPredictorOptions { MaximumDuration = TimeSpan.FromSeconds(1) });
        var path = _folder.Write("long.wav", ToneFiles.Wav(300, seconds: 1.5));
        var message = Assert.Throws<AudioFormatException>(() => predictor.Predict(path)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains("MoodPredictorOptions.MaximumDuration", message);
        Assert.Equal("low", predictor.Predict(ToneFiles.Wav(300, seconds: 0.9)).Mood);
        Assert.Contains("MaximumDuration", Assert.Throws<ArgumentException>(
            () => MoodPredictor.Load(tones.Model, new MoodPredictorOptions { MaximumDuration = TimeSpan.Zero })).Message);
    }

    [Fact]
    public void A_prediction_is_written_for_people_whatever_the_culture()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = WithDecimalComma();
            var prediction =
                new MoodPrediction("calm", new Dictionary<string, float> { ["happy"] = 0.1f, ["calm"] = 0.62f, ["sad"] = 0.28f });
            Assert.Equal("calm 62 % (sad 28 %, happy 10 %)", prediction.ToString());
            prediction = prediction with { Remarks = [new(PredictionRemarkKind.TooLittleSound, "there is little to hear")] };
            Assert.Equal("calm 62 % (sad 28 %, happy 10 %); there is little to hear", prediction.ToString());
            var check = new SoundCheck();
            check.Add(new Waveform([new float[11025]], 22050));
            Assert.Equal("there is nothing to hear: all of its 0.5 s are silence", check.Remarks().Single().ToString());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_model_without_audio_or_without_moods_is_refused()
    {
        var context = new MLContext(1);
        var songs = context.Data.LoadFromEnumerable([new Row { Path = "a.wav", Number = 1 }]);
        void Check(IEstimator<ITransformer> pipeline, params string[] says)
        {
            using var zip = new MemoryStream();
            context.Model.Save(pipeline.Fit(songs), songs.Schema, zip);
            zip.Position = 0;
            var error = Assert.Throws<MoodModelException>(() => MoodPredictor.Load(zip));
            Assert.All(says, text => Assert.Contains(text, error.Message));
        }
        Check(context.Transforms.CopyColumns("Other", "Number"), "no LoadAudio step", "'Path'", "'Number'");
        Check(context.Transforms.LoadAudio("Waveform", "Path").Append(context.Transforms.MelSpectrogram("Mel", "Waveform")),
            "no column 'Score'", "'Mel'");
        Check(context.Transforms.LoadAudio("Waveform", "Path").Append(context.Transforms.CopyColumns("Score", "Number")),
            "no column 'Score'");
    }

    [Fact]
    public void After_disposal_nothing_is_predicted()
    {
        var predictor = MoodPredictor.Load(tones.Model);
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(ToneFiles.Wav(300)));
    }

    [Fact]
    public void The_pretrained_model_is_there()
    {
        using var predictor = MoodPredictor.LoadPretrained();
        Assert.Equal(["calm", "energetic", "happy", "sad"], predictor.Moods);
        Assert.Equal(1, predictor.Predict(ToneFiles.Wav(440)).Scores.Values.Sum(), 5);
    }

    /// <summary>Mono, 32-bit floats.</summary>
    private static byte[] FloatWav(float[] samples)
    {
        var wav = ToneFiles.Wav(1, seconds: 2.0 * samples.Length / ToneFiles.SampleRate); // as many bytes of 16 bits
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 3); // IEEE float
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 4 * ToneFiles.SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 4);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 32);
        MemoryMarshal.AsBytes<float>(samples).CopyTo(wav.AsSpan(44));
        return wav;
    }

    private static float[] Tone(double frequencyHz, int sampleRate) =>
        [.. Enumerable.Range(0, 2 * sampleRate).Select(n => 0.5f * (float)Math.Sin(2 * Math.PI * frequencyHz * n / sampleRate))];

    private static System.Globalization.CultureInfo WithDecimalComma()
    {
        var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        return culture;
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public float Number { get; set; }
    }
}
