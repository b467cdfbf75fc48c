using SongMood.Audio;

namespace SongMood.Prediction;

/// <summary>
/// A file of which more is wanted than how it sounds: what it says of itself, from the same opening, and, where it is heard for another
/// process, what was measured are kept here to be passed on.
/// </summary>
internal sealed class RelayedSong(string path) : SongSource(path)
{
    /// <summary>What the file says of itself, its tags too; null before it was opened.</summary>
    public AudioInfo? Info { get; private set; }

    /// <summary>What was measured, for <see cref="SongTelemetry.Relay"/>; null before the song was heard.</summary>
    public SongMeasures? Measures { get; set; }

    internal override T Use<T>(AudioReadOptions options, Func<SampleStream, T> use) => UseFile(Name, stream =>
    {
        using var input = InputBytes.Source(stream, options);
        (var samples, Info) = AudioFile.OpenWithInfo(input, options);
        return use(samples);
    });
}
