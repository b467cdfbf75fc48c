using System.Diagnostics;
using System.Diagnostics.Metrics;
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
        var measured = new List<(string Name, double Value, string? Tag)>();
        var activities = new List<Activity>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "SongMood")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        using var sources = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SongMood",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(sources);

        var watch = Stopwatch.StartNew();
        var mood = predictor.Predict(song).Mood;
        predictor.PredictTimeline(song);
        var elapsed = watch.Elapsed.TotalSeconds;
        Assert.Throws<AudioFormatException>(() => predictor.Predict(text));
        Assert.Throws<OperationCanceledException>(() => predictor.Predict(song, new CancellationToken(canceled: true)));

        Assert.Equal([("songmood.songs", 1, mood), ("songmood.songs", 1, mood)], measured.Where(one => one.Name == "songmood.songs"));
        Assert.Equal(8, measured.Where(one => one.Name == "songmood.audio").Sum(one => one.Value), 1e-9);
        Assert.Equal([("songmood.errors", 1, typeof(AudioFormatException).FullName)], measured.Where(one => one.Name == "songmood.errors"));
        var times = measured.Where(one => one.Name.EndsWith("duration")).ToArray();
        Assert.Equal(4, times.Length);
        Assert.All(times, time => Assert.InRange(time.Value, 1e-6, elapsed));
        Assert.InRange(times.Sum(time => time.Value), 0.1 * elapsed, elapsed);

        var ours = activities.Where(activity => activity.GetTagItem("songmood.song") is string name && (name == song || name == text))
            .ToArray();
        Assert.Equal(4, ours.Length);
        Assert.Equal([mood, mood, null, null], ours.Select(activity => activity.GetTagItem("songmood.mood")));
        Assert.Equal(ActivityStatusCode.Error, ours[2].Status);
        Assert.Equal(ActivityStatusCode.Unset, ours[3].Status); // nobody waits for it: no error

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Environment.CurrentManagedThreadId == thread)
                measured.Add((instrument.Name, value, tags.Length > 0 ? (string?)tags[0].Value : null));
        }
    }
}
