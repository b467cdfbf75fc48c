using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Prediction;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Transforms;

namespace SongMood.Tests.Prediction;

/// <summary>
/// Attention takes memory with the square of the time it hears at once. This network has so many heads, and its spectrogram such short
/// hops, that half a minute is more than is taken, as some ten minutes of another would be.
/// </summary>
[Collection(nameof(Torch))]
public sealed class LongSongTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_network_cannot_hear_at_once_is_heard_in_halves()
    {
        var songs = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new Song
        {
            Path = _folder.Write($"{i}.wav", ToneFiles.Wav(i % 2 == 0 ? 300 : 4000, 0.5, seed: i)),
            Mood = i % 2 == 0 ? "low" : "high",
        }));
        var model = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(_ml.Transforms.LoadAudio("Audio", "Path"))
            .Append(_ml.Transforms.MelSpectrogram("Features", "Audio", new MelSpectrogramOptions { BandCount = 4, HopLength = 160 }))
            .Append(_ml.MulticlassClassification.Trainers.Attention(
                new AttentionOptions { Channels = [64], Heads = 64, Blocks = 1, Epochs = 1, CropFrames = null })).Fit(songs);
        var zip = _folder.File("attention.zip");
        _ml.Model.Save(model, songs.Schema, zip);
        using var predictor = MoodPredictor.Load(zip);
        float[] first = Of(300, 11), second = Of(4000, 11), song = [.. first, .. second];
        var scores = new[] { first, second }.Select(LowOf).ToArray();
        Assert.NotEqual(scores[0], scores[1], 1e-3f);
        Assert.Equal((scores[0] + scores[1]) / 2, LowOf(song), 1e-5);

        // A pipeline is told, and which row it is.
        var path = _folder.Write("long.wav", ToneFiles.Wav(300, 22));
        var rows = _ml.Data.LoadFromEnumerable([new Song { Path = path, Mood = "low" }]);
        var error = Assert.ThrowsAny<Exception>(() => model.Transform(rows).GetColumn<float[]>("Score").ToArray());
        Assert.Contains("3032 frames are more than this network can hear at once", error.GetBaseException().Message);
        Assert.Contains("DurationSeconds", error.GetBaseException().Message);

        float LowOf(float[] samples) => predictor.Predict(new Waveform([samples], ToneFiles.SampleRate)).Scores["low"];
        static float[] Of(double frequencyHz, double seconds) => AudioFile.Read(ToneFiles.Wav(frequencyHz, seconds)).ToMono();
    }

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }
}
