using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>What a stream in an Ogg file says of its samples without decoding, and what plays them.</summary>
internal interface IOggLayout
{
    int SampleRate { get; }

    int ChannelCount { get; }

    /// <summary>The original's samples, a channel.</summary>
    long SampleCount { get; }

    /// <summary>Samples that its pages promise beyond those that are there.</summary>
    long MissingCount { get; }

    /// <summary>How many packets can be played.</summary>
    int PacketCount { get; }

    /// <summary>Packets and pages that are lost.</summary>
    long LostCount { get; }

    /// <summary>Bytes that are no pages.</summary>
    long SkippedByteCount { get; }

    /// <summary>Its comments.</summary>
    TagText Text { get; }

    /// <summary>Its samples from one of them on.</summary>
    SampleStream Open(long start, CancellationToken cancellation);
}
