using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Opus;

/// <summary>
/// What an Opus stream's pages and packets say without decoding: its packets of audio, and which samples are the original's (RFC 7845, 4).
/// </summary>
internal sealed class OpusLayout : IOggLayout
{
    private const int Rate = 48_000; // RFC 7845, 5.1, item 5
    private const int HeaderCount = 2;

    private readonly OggStream _stream;
    private readonly List<(int Packet, int Length)> _audio = [];
    private readonly int _unreadableCount;

    /// <param name="stream">Its packets.</param>
    /// <exception cref="AudioFormatException">The header is missing or wrong.</exception>
    public OpusLayout(OggStream stream)
    {
        (_stream, Head) = (stream, OpusHead.Read(stream.Packets));
        var reader = new OpusStreams(Head);
        for (var i = HeaderCount; i < stream.Packets.Count; i++)
            if (reader.TryRead(stream.Packets[i].Bytes, out var length))
                _audio.Add((i, length));
            else
                _unreadableCount++;
        SampleCount = Count();
    }

    public OpusHead Head { get; }

    public int SampleRate => Rate;

    public int ChannelCount => Head.ChannelCount;

    public long SampleCount { get; }

    /// <summary>None that is known of.</summary>
    public long MissingCount => 0;

    public int PacketCount => _audio.Count;

    public long LostCount => (long)_unreadableCount + _stream.LostCount;

    public long SkippedByteCount => _stream.SkippedByteCount;

    public TagText Text => _stream.CommentBehind("OpusTags"u8);

    /// <summary>A packet of audio, and its samples for each channel.</summary>
    public (byte[] Bytes, int Length) Packet(int index) => (_stream.Packets[_audio[index].Packet].Bytes, _audio[index].Length);

    public SampleStream Open(long start, CancellationToken cancellation) => new OpusPlayback(this, start, cancellation);

    // Granules count samples of 48 kHz, the pre-skip among them. The last page's may say that the stream ends before its last packet does
    // (RFC 7845, 4.4); of a stream that was recorded from its middle on, as much before as the page before it says. What is lost in between
    // is not known, and then all that is there is played.
    private long Count()
    {
        var (all, cut) = (0L, 0L);
        var (known, knownEnd, isWhole) = (0L, 0L, true); // the last page's granule position, and the samples up to there
        foreach (var (index, length) in _audio)
        {
            var packet = _stream.Packets[index];
            all += length;
            isWhole &= !packet.FollowsLoss;
            if (packet.Granule is not { } granule || granule < 0)
                continue;
            var expected = known + all - knownEnd;
            if (packet.IsLast && index == _audio[^1].Packet && isWhole && expected > granule && expected - granule <= all - knownEnd)
                cut = expected - granule;
            (known, knownEnd, isWhole) = (granule, all, true);
        }

        return Math.Max(0, all - Head.PreSkip - cut);
    }
}
