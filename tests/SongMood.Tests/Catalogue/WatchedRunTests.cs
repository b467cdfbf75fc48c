using System.Diagnostics;
using System.Diagnostics.Metrics;
using SongMood.Audio;
using SongMood.Catalogue;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.Tests.Prediction;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Catalogue;

/// <summary>Songs are heard in another process: whoever watches this one sees them all the same.</summary>
[Collection(nameof(Torch))]
public sealed class WatchedRunTests(TrainedTones tones) : IDisposable
{
    private static readonly AsyncLocal<bool> IsOurs = new(); // others may predict at the same time

    private readonly Catalogues _songs = new();

    public void Dispose() => _songs.Dispose();

    [Fact]
    public async Task The_process_that_runs_it_counts_the_songs_and_tells_their_activities()
    {
        var deadly = _songs.Folder.Write("music/0/05b.deadly", "KILL");
        using var watcher = new Watcher(() => IsOurs.Value, _ => IsOurs.Value);

        var before = DateTime.UtcNow;
        IsOurs.Value = true;
        var report = await new CatalogueRun(_songs.Paths, _songs.File("moods.parquet"), Workers.Deadly,
            new CatalogueOptions { ModelPath = tones.Model, Threads = 2 }).RunAsync(
                cancellationToken: TestContext.Current.CancellationToken);
        IsOurs.Value = false;
        Assert.Equal((Catalogues.SongCount + 1, 2), (report.SongCount, report.FailedCount));

        var moods = await MoodsAsync();
        Activity[] fine = [.. watcher.Activities.Where(activity => activity.Status == ActivityStatusCode.Unset)];
        Assert.Equal(moods.Select(row => (row.Path, row.Mood, row.HeardSeconds)).Order(), fine.Select(activity =>
            ((string)activity.GetTagItem("songmood.song")!, (string?)activity.GetTagItem("songmood.mood"),
                (double?)activity.GetTagItem("songmood.audio"))).Order());
        Assert.All(watcher.Activities, activity => Assert.InRange(activity.StartTimeUtc, before, DateTime.UtcNow));
        Assert.All(fine, activity =>
            Assert.InRange(activity.Duration.TotalSeconds, (double)activity.GetTagItem("songmood.decode.duration")!, 1000));
        Assert.Equal([deadly, _songs.File("music/letter.mp3")], watcher.Activities
            .Where(activity => activity.Status == ActivityStatusCode.Error)
            .Select(activity => (string)activity.GetTagItem("songmood.song")!).Order(StringComparer.Ordinal));
        Assert.Equal(moods.Select(row => row.Mood).Order(), watcher.Of("songmood.songs").Select(one => one.Tag).Order());
        Assert.All(watcher.Of("songmood.songs"), one => Assert.Equal(1, one.Value));
        Assert.Equal(moods.Sum(row => row.HeardSeconds!.Value), watcher.Of("songmood.audio").Sum(one => one.Value), 1e-9);
        Assert.Equal([typeof(AudioFormatException).FullName, "process_died"],
            watcher.Of("songmood.errors").Select(one => one.Tag).Order());
        foreach (var name in new[] { "songmood.decode.duration", "songmood.features.duration" })
        {
            Assert.Equal(moods.Length, watcher.Of(name).Count());
            Assert.All(watcher.Of(name), one => Assert.InRange(one.Value, 1e-6, 1000));
        }
    }

    private async Task<CatalogueRow[]> MoodsAsync()
    {
        await using var file = await CatalogueFile.OpenAsync(_songs.File("moods.parquet"), TestContext.Current.CancellationToken);
        return await file.RowsAsync(TestContext.Current.CancellationToken).Where(row => row.Error is null)
            .ToArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>As a decoder does that must decode to know how long a file is.</summary>
    [Fact]
    public async Task A_song_is_decoded_once_for_its_mood_and_what_its_file_says()
    {
        var log = _songs.File("decodings");
        var song = _songs.Folder.Write("noted.deadly", $"NOTE {log}");
        var path = _songs.File("moods.parquet");
        await new CatalogueRun([song], path, Workers.Deadly, new CatalogueOptions { ModelPath = tones.Model, Threads = 1 }).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        var row = Assert.Single(await MoodsAsync());
        Assert.Equal(("deadly", 22_050, 1, 2.0), (row.Format, row.SampleRateHz, row.Channels, row.DurationSeconds));
        Assert.Equal(["decoded"], await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
    }

    /// <summary>The worker tells what it measured instead of counting it, or those who watch both processes would see it twice.</summary>
    [Fact]
    public void A_song_that_is_heard_for_another_process_is_measured_and_not_counted()
    {
        var song = new RelayedSong(_songs.File("music/0/00.wav"));
        var isCounted = false;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "SongMood")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var thread = Environment.CurrentManagedThreadId;
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => isCounted |= Environment.CurrentManagedThreadId == thread);
        meters.Start();
        using var predictor = MoodPredictor.Load(tones.Model);
        var prediction = predictor.Predict(song, TestContext.Current.CancellationToken);
        Assert.False(isCounted);
        Assert.Equal((song.Name, prediction.Mood, prediction.Duration.TotalSeconds, null),
            (song.Measures!.Song, song.Measures.Mood, song.Measures.AudioSeconds, song.Measures.ErrorType));
        Assert.InRange(song.Measures.DecodingSeconds, 1e-6, song.Measures.Seconds);
        Assert.Equal(AudioFile.Probe(song.Name), song.Info);
        predictor.Predict(song.Name, TestContext.Current.CancellationToken);
        Assert.True(isCounted);
    }
}
