using System.Diagnostics;
using SongMood.Audio;
using SongMood.Prediction;

namespace SongMood.Tests.Prediction;

public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Others may predict at the same time: what is measured is told apart by the thread, and by the activity's song.</summary>
    [Fact]
    public void Songs_audio_errors_and_time_are_counted_and_each_song_is_an_activity()
    {
        var song = _folder.Write("song.wav", ToneFiles.Wav(440, seconds: 4));
        var text = _folder.Write("text.mp3", "no music");
        using var predictor = MoodPredictor.LoadPretrained();
        var thread = Environment.CurrentManagedThreadId;
        using var watcher = new Watcher(() => Environment.CurrentManagedThreadId == thread,
            activity => activity.GetTagItem("songmood.song") is string name && (name == song || name == text));

        var watch = Stopwatch.StartNew();
        var mood = predictor.Predict(song).Mood;
        predictor.PredictTimeline(song);
        var elapsed = watch.Elapsed.TotalSeconds;
        Assert.Throws<AudioFormatException>(() => predictor.Predict(text));
        Assert.Throws<OperationCanceledException>(() => predictor.Predict(song, new CancellationToken(canceled: true)));

        Assert.Equal([("songmood.songs", 1, mood), ("songmood.songs", 1, mood)], watcher.Of("songmood.songs"));
        Assert.Equal(8, watcher.Of("songmood.audio").Sum(one => one.Value), 1e-9);
        Assert.Equal([("songmood.errors", 1, typeof(AudioFormatException).FullName)], watcher.Of("songmood.errors"));
        var times = watcher.Measured.Where(one => one.Name.EndsWith("duration")).ToArray();
        Assert.Equal(4, times.Length);
        Assert.All(times, time => Assert.InRange(time.Value, 1e-6, elapsed));
        Assert.InRange(times.Sum(time => time.Value), 0.1 * elapsed, elapsed);

        var ours = watcher.Activities;
        Assert.Equal(4, ours.Count);
        Assert.Equal([mood, mood, null, null], ours.Select(activity => activity.GetTagItem("songmood.mood")));
        Assert.Equal(ActivityStatusCode.Error, ours[2].Status);
        Assert.Equal(ActivityStatusCode.Unset, ours[3].Status); // nobody waits for it: no error
    }
}
