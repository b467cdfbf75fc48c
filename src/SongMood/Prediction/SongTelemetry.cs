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

    private readonly Activity? _activity = Activities.StartActivity("songmood.predict");
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _decodingTicks;

    /// <param name="song">What the song is called.</param>
    public SongTelemetry(string song) => _activity?.SetTag("songmood.song", song);

    /// <summary>The song is open: what was until now belongs to its decoding.</summary>
    public void Opened() => _decodingTicks = Stopwatch.GetTimestamp() - _start;

    /// <summary>The song's mood is told.</summary>
    public void Told(MoodPrediction prediction, long readingTicks)
    {
        _decodingTicks += readingTicks;
        Songs.Add(1, new KeyValuePair<string, object?>("songmood.mood", prediction.Mood));
        Audio.Add(prediction.Duration.TotalSeconds);
        Decoding.Record(Seconds(_decodingTicks));
        Features.Record(Seconds(Stopwatch.GetTimestamp() - _start - _decodingTicks));
        _activity?.SetTag("songmood.mood", prediction.Mood);
        _activity?.SetTag("songmood.audio", prediction.Duration.TotalSeconds);
        _activity?.SetTag("songmood.decode.duration", Seconds(_decodingTicks));
    }

    /// <summary>
    /// Counts an error on its way: an exception filter that never catches. A song that nobody waits for any more is none.
    /// </summary>
    public bool Failed(Exception error)
    {
        if (error is OperationCanceledException)
            return false;
        var kind = error.GetType().FullName;
        Errors.Add(1, new KeyValuePair<string, object?>("error.type", kind)); // as OpenTelemetry's conventions call it
        _activity?.SetTag("error.type", kind);
        _activity?.SetStatus(ActivityStatusCode.Error, error.Message);
        return false;
    }

    public void Dispose() => _activity?.Dispose();

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;
}
