using Microsoft.ML;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Prediction;
using SongMood.Pretrained;
using SongMood.Tests.Cli;

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
        Parallel.For(0, songs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = predictor.Predict(songs[i]).Scores["low"]);
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
        Check(context.Transforms.LoadAudio("Waveform", "Path").Append(context.Transforms.MelSpectrogram("Mel", "Waveform")), "no column 'Score'", "'Mel'");
        Check(context.Transforms.LoadAudio("Waveform", "Path").Append(context.Transforms.CopyColumns("Score", "Number")), "no column 'Score'");
    }

    [Fact]
    public void After_disposal_nothing_is_predicted()
    {
        var predictor = MoodPredictor.Load(tones.Model);
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(ToneFiles.Wav(300)));
    }

    [Fact]
    public void The_pretrained_model_is_there_or_its_absence_is_explained()
    {
        if (!PretrainedModel.Exists)
        {
            Assert.Contains("songmood train", Assert.Throws<MoodModelException>(MoodPredictor.LoadPretrained).Message);
            return;
        }
        using var predictor = MoodPredictor.LoadPretrained();
        Assert.Equal(["calm", "energetic", "happy", "sad"], predictor.Moods);
        Assert.Equal(1, predictor.Predict(ToneFiles.Wav(440)).Scores.Values.Sum(), 5);
    }

    private static float[] Tone(double frequencyHz, int sampleRate) =>
        [.. Enumerable.Range(0, 2 * sampleRate).Select(n => 0.5f * (float)Math.Sin(2 * Math.PI * frequencyHz * n / sampleRate))];

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public float Number { get; set; }
    }
}
