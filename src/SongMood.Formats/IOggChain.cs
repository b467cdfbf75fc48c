using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>Streams that follow each other in an Ogg file and play as one, at the rate and with the channels of the first.</summary>
internal interface IOggChain
{
    int SampleRate { get; }

    int ChannelCount { get; }

    /// <summary>Samples a channel, at least one.</summary>
    long SampleCount { get; }

    /// <summary>The first one's comments.</summary>
    TagText Text { get; }

    /// <summary>Its samples from one of them on.</summary>
    SampleStream Open(long start, long count, CancellationToken cancellation);
}
