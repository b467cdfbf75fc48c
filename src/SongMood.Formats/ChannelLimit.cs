using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>Bounds what many channels take: as much as eight of the longest audio that may be decoded at once.</summary>
internal static class ChannelLimit
{
    private const int Free = 8;

    /// <exception cref="AudioFormatException">It would be more.</exception>
    public static void Require(AudioReadOptions options, long count, int rate, int channelCount)
    {
        var seconds = (double)count / rate;
        if (channelCount > Free && seconds * channelCount > options.MaxDuration.TotalSeconds * Free)
            throw new AudioFormatException(
                $"the audio has {channelCount} channels that last {TimeSpan.FromSeconds(seconds)}; together the limit is {Free} of "
                + $"{options.MaxDuration}; raise {nameof(AudioReadOptions)}.{nameof(AudioReadOptions.MaxDuration)}, or read a part with "
                + $"{nameof(AudioReadOptions.Offset)} and {nameof(AudioReadOptions.Duration)}");
    }
}
