using SongMood.Audio;

namespace SongMood.Prediction;

/// <summary>Long songs as pieces, so that an hour of audio takes no more memory than ten minutes.</summary>
internal static class SongPieces
{
    /// <summary>Songs up to this are one piece.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private const int LeastPart = 20; // of a piece: half a minute

    /// <summary>
    /// The pieces as they were read, a short one at the end joined to the one before: a moment says little of a mood, and some models need
    /// more.
    /// </summary>
    /// <exception cref="AudioFormatException">They last longer than the limit.</exception>
    public static IEnumerable<Waveform> Of(IEnumerable<Waveform> read, MoodPredictorOptions options)
    {
        var (maximum, shortest) = (options.MaximumDuration, options.PieceLength / LeastPart);
        Waveform? waiting = null;
        var total = TimeSpan.Zero;
        foreach (var piece in read)
        {
            total += piece.Duration;
            if (total > maximum)
                throw new AudioFormatException($"the audio lasts longer than {maximum}, the limit; raise {nameof(MoodPredictorOptions)}."
                    + $"{nameof(MoodPredictorOptions.MaximumDuration)} ('songmood predict --max-hours'), or take a part of it");
            if (waiting is not null && piece.Duration < shortest)
            {
                waiting = Join(waiting, piece);
                continue;
            }
            if (waiting is not null)
                yield return waiting;
            waiting = piece;
        }
        if (waiting is not null)
            yield return waiting;
    }

    private static Waveform Join(Waveform first, Waveform second) => new(
        [.. Enumerable.Range(0, first.ChannelCount).Select(channel => (float[])[.. first.Channel(channel), .. second.Channel(channel)])],
        first.SampleRate, first.Damage); // the first piece of a file has what is said of all of it
}
