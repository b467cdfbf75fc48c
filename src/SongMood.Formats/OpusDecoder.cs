using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;
using SongMood.Formats.Opus;

namespace SongMood.Formats;

/// <summary>
/// Opus (RFC 6716, RFC 8251) in Ogg (RFC 7845), at 48 kHz. The pre-skip cuts the start, the last page's granule position the end.
/// </summary>
internal sealed class OpusDecoder : IAudioDecoder
{
    private const string Format = "Opus";
    private const int Rate = 48_000;

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".opus"];

    private static ReadOnlySpan<byte> Mark => "OpusHead"u8;

    public bool CanDecode(ReadOnlySpan<byte> bytes) => OggStreams.Has(bytes, Mark);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var packets = Packets(bytes);
        var head = OpusHead.Read(packets);
        var text = new TagText();
        foreach (var packet in packets.Skip(1).Take(1))
            if (packet.Bytes.AsSpan().StartsWith("OpusTags"u8))
                VorbisComment.Read(packet.Bytes.AsSpan(8), text);
        var (count, _) = Count(packets, head);
        var seconds = Math.Max(1, count) / (double)Rate;
        return text.AddTo(new AudioInfo
        {
            Format = Format,
            SampleRate = Rate,
            ChannelCount = head.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, 8 * bytes.Length / seconds),
            IsVariableBitRate = true,
        });
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var packets = Packets(bytes);
        var head = OpusHead.Read(packets);
        var decoder = new OpusStreams(head);
        var samples = new SampleCollector(options, Rate, head.ChannelCount, Format);
        var buffer = new float[OpusPacket.MostSamples * head.ChannelCount];
        var skipped = head.PreSkip;
        var lost = 0;
        foreach (var packet in packets.Skip(2))
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
            var heard = buffer.AsSpan(before * head.ChannelCount, (frames - before) * head.ChannelCount);
            TensorPrimitives.Multiply(heard, head.Gain, heard);
            samples.Add(heard);
        }

        var (count, isKnown) = Count(packets, head);
        var wave = samples.ToWaveform(isKnown && lost == 0 ? count : null);
        return lost == 0 ? wave : new Waveform([.. Enumerable.Range(0, wave.ChannelCount).Select(i => wave.Channel(i).ToArray())], Rate,
            new AudioDamage { LostFrameCount = lost, Decoded = wave.Duration });
    }

    private static OggPacket[] Packets(ReadOnlyMemory<byte> bytes)
    {
        var input = ByteSource.Of(bytes);
        return OggStreams.TryFind(input, Mark, out var first) ? [.. OggPackets.All(input, first)] : [];
    }

    // RFC 7845, 4: granules count samples of 48 kHz, the pre-skip among them. A stream that was recorded from its middle on begins with
    // a high one: the first page's, less the samples on it.
    private static (long Count, bool IsKnown) Count(OggPacket[] packets, OpusHead head)
    {
        long onFirstPage = 0, all = 0;
        long? first = null, last = null;
        foreach (var packet in packets.Skip(2))
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
