using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SongMood.Tests.Prediction;

/// <summary>Listens to what SongMood tells those who watch it.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly Func<bool> _isOurs;
    private readonly MeterListener _meters;
    private readonly ActivityListener _activities;

    /// <param name="isOurs">Whether what is measured now is for this test: others may predict at the same time.</param>
    /// <param name="isOurActivity">The same of an activity that ends.</param>
    public Watcher(Func<bool> isOurs, Func<Activity, bool> isOurActivity)
    {
        _isOurs = isOurs;
        _meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "SongMood")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SongMood",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (!isOurActivity(activity))
                    return;
                lock (Activities)
                    Activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public List<(string Name, double Value, string? Tag)> Measured { get; } = [];

    public List<Activity> Activities { get; } = [];

    public IEnumerable<(string Name, double Value, string? Tag)> Of(string name) => Measured.Where(one => one.Name == name);

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_isOurs())
            return;
        lock (Measured)
            Measured.Add((instrument.Name, value, tags.Length > 0 ? (string?)tags[0].Value : null));
    }
}
