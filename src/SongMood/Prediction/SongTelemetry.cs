using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace SongMood.Prediction;

/// <summary>
/// What a predictor tells those who watch it (docs/catalogue.md lists it): metrics and activities of .NET's own, which cost next to nothing
/// where nobody listens. One object a song.
/// </summary>
internal sealed class SongTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "SongMood";

    private const string ActivityName = "songmood.predict", SongTag = "songmood.song";

    private static readonly string Version = typeof(SongTelemetry).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
    private static readonly ActivitySource Activities = new(Name, Version);
    private static readonly Meter Meter = new(Name, Version);

    private static readonly Counter<long> Songs =
        Meter.CreateCounter<long>("songmood.songs", "{song}", "Songs whose mood was told.");

    private static readonly Counter<double> Audio =
        Meter.CreateCounter<double>("songmood.audio", "s", "Seconds of audio of these songs.");

    private static readonly Counter<long> Errors =
        Meter.CreateCounter<long>("songmood.errors", "{song}", "Songs whose mood could not be told, by the type of the error.");

    private static readonly Histogram<double> Decoding =
        Meter.CreateHistogram<double>("songmood.decode.duration", "s", "Time of a song that went to opening and decoding it.");

    private static readonly Histogram<double> Features = Meter.CreateHistogram<double>("songmood.features.duration", "s",
        "Time of a song that went to spectra, descriptors, the network and the checks of the sound.");

    private readonly SongSource _song;
    private readonly Activity? _activity;
    private readonly DateTime _startTime = DateTime.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _decodingTicks;

    public SongTelemetry(SongSource song)
    {
        _song = song;
        _activity = song is RelayedSong ? null : Activities.StartActivity(ActivityName);
        _activity?.SetTag(SongTag, song.Name);
    }

    /// <summary>The song is open: what was until now belongs to its decoding.</summary>
    public void Opened() => _decodingTicks = Stopwatch.GetTimestamp() - _start;

    /// <summary>The song's mood is told.</summary>
    public void Told(MoodPrediction prediction, long readingTicks)
    {
        var all = Stopwatch.GetTimestamp() - _start;
        _decodingTicks += readingTicks;
        Tell(new SongMeasures
        {
            Song = _song.Name,
            Start = _startTime,
            Seconds = Seconds(all),
            Mood = prediction.Mood,
            AudioSeconds = prediction.Duration.TotalSeconds,
            DecodingSeconds = Seconds(_decodingTicks),
        });
    }

    /// <summary>
    /// Counts an error on its way: an exception filter that never catches. A song that nobody waits for any more is none.
    /// </summary>
    public bool Failed(Exception error)
    {
        if (error is not OperationCanceledException)
            Tell(new SongMeasures
            {
                Song = _song.Name,
                Start = _startTime,
                Seconds = Seconds(Stopwatch.GetTimestamp() - _start),
                ErrorType = error.GetType().FullName,
                Error = error.Message,
            });
        return false;
    }

    public void Dispose() => _activity?.Dispose();

    /// <summary>Tells of a song that another process has heard, in which nobody listens (<see cref="RelayedSong"/>).</summary>
    public static void Relay(SongMeasures measures)
    {
        Count(measures);
        using var activity = Activities.StartActivity(ActivityKind.Internal, startTime: measures.Start, name: ActivityName);
        activity?.SetTag(SongTag, measures.Song);
        Describe(measures, activity);
        activity?.SetEndTime(measures.Start.AddSeconds(measures.Seconds));
    }

    private void Tell(SongMeasures measures)
    {
        if (_song is RelayedSong relayed)
        {
            relayed.Measures = measures;
            return;
        }
        Count(measures);
        Describe(measures, _activity);
    }

    private static void Count(SongMeasures measures)
    {
        if (measures.ErrorType is not null)
        {
            Errors.Add(1, new KeyValuePair<string, object?>("error.type", measures.ErrorType)); // as OpenTelemetry's conventions call it
            return;
        }
        Songs.Add(1, new KeyValuePair<string, object?>("songmood.mood", measures.Mood));
        Audio.Add(measures.AudioSeconds);
        Decoding.Record(measures.DecodingSeconds);
        Features.Record(measures.Seconds - measures.DecodingSeconds);
    }

    private static void Describe(SongMeasures measures, Activity? activity)
    {
        if (activity is null)
            return;
        if (measures.ErrorType is not null)
        {
            activity.SetTag("error.type", measures.ErrorType);
            activity.SetStatus(ActivityStatusCode.Error, measures.Error);
            return;
        }
        activity.SetTag("songmood.mood", measures.Mood);
        activity.SetTag("songmood.audio", measures.AudioSeconds);
        activity.SetTag("songmood.decode.duration", measures.DecodingSeconds);
    }

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;
}
