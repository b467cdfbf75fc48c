using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.TestSupport;

namespace SongMood.Tests.Logging;

public sealed class MLContextLoggingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _mlContext = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_keep_their_levels_and_their_component_is_the_category()
    {
        var loggers = new ListLoggers(LogLevel.Trace);
        using (_mlContext.LogTo(loggers))
            Say();
        Say(); // to nobody any more
        var ours = loggers.Entries.Where(entry => entry.Category == "Microsoft.ML.Listening").ToArray();
        Assert.Equal([(LogLevel.Trace, "Listening: details"), (LogLevel.Information, "Listening: news"),
            (LogLevel.Warning, "Listening: doubts"), (LogLevel.Error, "Listening: faults")],
            ours.Where(entry => !entry.Text.Contains("Channel")).Select(entry => (entry.Level, entry.Text)));
    }

    [Fact]
    public void One_logger_takes_all_and_none_below_its_level()
    {
        var loggers = new ListLoggers(LogLevel.Warning);
        using (_mlContext.LogTo(loggers.CreateLogger("App")))
            Say();
        Assert.Equal([("App", LogLevel.Warning, "Listening: doubts"), ("App", LogLevel.Error, "Listening: faults")], loggers.Entries);
    }

    /// <summary>What our components warn of comes by the same way.</summary>
    [Fact]
    public void Damage_in_a_song_is_a_warning_of_LoadAudio()
    {
        var song = File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "samples", "audio", "sad-1.mp3"));
        Array.Clear(song, song.Length / 2, 3000);
        var path = _folder.Write("scratched.mp3", song);
        var loggers = new ListLoggers(LogLevel.Information);
        using var link = _mlContext.LogTo(loggers);
        var songs = _mlContext.Data.LoadFromEnumerable([new Song { Path = path }]);
        var loaded = _mlContext.Transforms.LoadAudio("Waveform", "Path").Fit(songs).Transform(songs);
        Assert.Single(loaded.Preview().RowView);
        var (category, level, text) = Assert.Single(loggers.Entries.Distinct());
        Assert.Equal(("Microsoft.ML.LoadAudio", LogLevel.Warning), (category, level));
        Assert.Contains(path, text);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => _mlContext.LogTo((ILogger)null!));
        Assert.Throws<ArgumentNullException>(() => _mlContext.LogTo((ILoggerFactory)null!));
        Assert.Throws<ArgumentNullException>(() => MLContextLogging.LogTo(null!, new ListLoggers(LogLevel.Trace)));
    }

    private void Say()
    {
        using var channel = ((IHostEnvironment)_mlContext).Start("Listening");
        channel.Trace(MessageSensitivity.None, "details");
        channel.Info(MessageSensitivity.None, "news");
        channel.Warning(MessageSensitivity.None, "doubts");
        channel.Error(MessageSensitivity.None, "faults");
    }

    private sealed class Song
    {
        public required string Path { get; init; }
    }
}
