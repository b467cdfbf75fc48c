using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;
using SongMood.Formats.Opus;

namespace SongMood.Formats;

/// <summary>
/// Opus (RFC 6716, RFC 8251) in Ogg (RFC 7845), at 48 kHz, one stream or several joined end to end. The pre-skip cuts a stream's start, the
/// last page's granule position its end.
/// </summary>
internal sealed class OpusDecoder : IAudioDecoder
{
    private const string Format = "Opus";
    private const int Rate = 48_000, HeaderCount = 2;

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".opus"];

    private static ReadOnlySpan<byte> Mark => "OpusHead"u8;

    public bool CanDecode(ReadOnlySpan<byte> bytes) => OggStreams.Has(bytes, Mark);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var streams = Streams(bytes, options, out _);
        var text = new TagText();
        foreach (var packet in streams[0].Packets.Skip(1).Take(1))
            if (packet.Bytes.AsSpan().StartsWith("OpusTags"u8))
                VorbisComment.Read(packet.Bytes.AsSpan(8), text);
        var count = streams.Sum(stream => Count(stream.Packets, OpusHead.Read(stream.Packets)).Count);
        var seconds = Math.Max(1, count) / (double)Rate;
        return text.AddTo(new AudioInfo
        {
            Format = Format,
            SampleRate = Rate,
            ChannelCount = OpusHead.Read(streams[0].Packets).ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, 8 * bytes.Length / seconds),
            IsVariableBitRate = true,
        });
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var streams = Streams(bytes, options, out var lost);
        var channelCount = OpusHead.Read(streams[0].Packets).ChannelCount;
        var samples = new SampleCollector(options, Rate, channelCount, Format);
        var isOtherwise = false;
        foreach (var stream in streams)
        {
            var head = OpusHead.Read(stream.Packets);
            isOtherwise |= head.ChannelCount != channelCount;
            lost += stream.LostCount + Play(stream, head, samples);
        }

        var wave = samples.ToWaveform();
        return lost == 0 && !isOtherwise ? wave : new Waveform(
            [.. Enumerable.Range(0, wave.ChannelCount).Select(i => wave.Channel(i).ToArray())], Rate, new AudioDamage
            {
                LostFrameCount = lost,
                SkippedByteCount = lost == 0 ? 0 : streams.Sum(stream => stream.SkippedByteCount),
                HasOtherChannels = isOtherwise,
                Decoded = wave.Duration,
            });
    }

    /// <summary>Plays a stream; gives how many of its packets cannot be.</summary>
    private static int Play(OggStream stream, OpusHead head, SampleCollector samples)
    {
        var decoder = new OpusStreams(head);
        var buffer = new float[OpusPacket.MostSamples * head.ChannelCount];
        var (count, isKnown) = Count(stream.Packets, head);
        var skipped = head.PreSkip;
        var lost = 0;
        foreach (var packet in stream.Packets.Skip(HeaderCount))
        {
            if (samples.IsFull)
                break;
            var frames = decoder.Decode(packet.Bytes, buffer);
            if (frames == 0)
            {
                lost++; // those behind it are whole
                continue;
            }

            var before = Math.Min(skipped, frames);
            skipped -= before;
            var taken = frames - before;
            if (isKnown && lost == 0 && stream.LostCount == 0)
                taken = (int)Math.Min(taken, count);
            count -= taken;
            var heard = buffer.AsSpan(before * head.ChannelCount, taken * head.ChannelCount);
            TensorPrimitives.Multiply(heard, head.Gain, heard);
            samples.Add(heard, head.ChannelCount);
        }

        return lost;
    }

    /// <summary>The streams that follow each other. Those that are no Opus that can be read are counted; one must be.</summary>
    private static List<OggStream> Streams(ReadOnlyMemory<byte> bytes, AudioReadOptions options, out int lost)
    {
        var streams = new List<OggStream>();
        AudioFormatException? fault = null;
        lost = 0;
        foreach (var stream in OggStreams.Read(ByteSource.Of(bytes), Mark, options.CancellationToken))
            try
            {
                OpusHead.Read(stream.Packets);
                streams.Add(stream);
            }
            catch (AudioFormatException error)
            {
                fault ??= error;
                lost++;
            }

        return streams.Count > 0 ? streams : throw fault!;
    }

    // RFC 7845, 4: granules count samples of 48 kHz, the pre-skip among them. A stream that was recorded from its middle on begins with
    // a high one: the first page's, less the samples on it.
    private static (long Count, bool IsKnown) Count(IReadOnlyList<OggPacket> packets, OpusHead head)
    {
        long onFirstPage = 0, all = 0;
        long? first = null, last = null;
        foreach (var packet in packets.Skip(HeaderCount))
        {
            all += OpusHead.FramesOf(packet.Bytes);
            if (packet.Granule is not { } granule || granule < 0)
                continue;
            if (first is null)
                (first, onFirstPage) = (granule, all);
            last = granule;
        }

        var start = first > onFirstPage ? first.Value - onFirstPage : 0;
        var count = (last ?? 0) - start - head.PreSkip;
        return count > 0 && count <= all ? (count, true) : (Math.Max(0, all - head.PreSkip), false);
    }
}
