using System.Buffers.Binary;
using System.Text;
using SongMood.Audio.Mp3;
using SongMood.Audio.Pcm;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Aiff;

/// <summary>Reads AIFF and AIFF-C files: PCM of 1 to 32 bits in either order of bytes, floats, A-law and mu-law.</summary>
internal sealed class AiffFile : IStreamDecoder
{
    private const int HeaderLength = 12, ChunkHeaderLength = 8, SoundHeaderLength = 8;
    private const long LengthUnknown = 0x7FFF0000, MostOffset = 1 << 16;

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".aif", ".aifc", ".aiff"];

    public bool CanDecode(ByteSource input) => IsAiff(input.At(TagSkipper.AudioStart(input), HeaderLength));

    public AudioInfo Probe(ByteSource input, AudioReadOptions options)
    {
        var text = new TagText();
        var layout = Read(input, options.MaxTagBytes, text);
        text.AddAround(input, options.MaxTagBytes);
        return text.AddTo(layout.Info);
    }

    public SampleStream Open(ByteSource input, AudioReadOptions options)
    {
        var layout = Read(input, options.MaxTagBytes, new TagText());
        return new PcmStream(layout, layout.Data(input), options);
    }

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options) =>
        (Open(input, options), Probe(input, options)); // the ends of a file are all that is read twice

    private static bool IsAiff(ReadOnlySpan<byte> head) => head.Length >= HeaderLength && head.StartsWith("FORM"u8)
        && (head[8..].StartsWith("AIFF"u8) || head[8..].StartsWith("AIFC"u8));

    private static PcmLayout Read(ByteSource input, int maxTagBytes, TagText text)
    {
        var start = TagSkipper.AudioStart(input, maxTagBytes);
        var isAifc = input.At(start, HeaderLength)[8..].StartsWith("AIFC"u8);
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        var own = new TagText(); // ID3 in a chunk says more, and comes first
        AiffFormat? format = null;
        (long Start, long Length)? sound = null;
        var position = start + HeaderLength;
        while (position + ChunkHeaderLength <= audio.Length)
        {
            var header = audio.At(position, ChunkHeaderLength);
            var (name, length) = (Encoding.Latin1.GetString(header[..4]), (long)BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
            if (sound is not null && (!Chunks.IsName(header) || name == "SSND" || IsAiff(audio.At(position, HeaderLength))))
                break; // no chunk, more samples, or a file that is joined on: what is behind the samples is looked at below
            position += ChunkHeaderLength;
            if (name == "SSND" && length == 0)
                length = LengthUnknown;
            var there = Math.Min(length, audio.Length - position);
            if (name == "SSND" && there >= SoundHeaderLength)
            {
                var offset = BinaryPrimitives.ReadUInt32BigEndian(audio.At(position, SoundHeaderLength));
                var skipped = SoundHeaderLength + (offset <= Math.Min(MostOffset, there - SoundHeaderLength) ? offset : 0);
                sound ??= (position + skipped, length - skipped);
            }
            else if (there <= maxTagBytes && name is "COMM" or "NAME" or "AUTH" or "ANNO" or "ID3 ")
            {
                var body = audio.At(position, (int)there)[..(int)there];
                if (name == "COMM")
                    format ??= AiffFormat.Read(body, isAifc, position - ChunkHeaderLength);
                else if (name != "ID3 " && there <= TagText.LongestText)
                    own.Keep(name, TagText.Utf8OrLatin1(body).TrimEnd('\0'));
                else if (name == "ID3 " && TagSkipper.LengthAt(audio.Slice(position, there), 0) is > 0 and var tag)
                    Id3V2.Read(body[..(int)tag], text);
            }

            position = Chunks.EndOf(audio, position, length);
        }

        text.AddMissing(own);
        if (format is not { } known || sound is not { } place)
            throw new AudioFormatException(
                $"this AIFF has no {(format is null ? "COMM" : "SSND")} chunk in its {input.Length} bytes; is it cut off?",
                bytePosition: Math.Min(position, input.Length));
        return Layout(audio, known, place.Start, place.Length, position);
    }

    // How long the samples are is said twice. The chunk's length counts, as in ffmpeg; a writer that could not go back left it at 0 or at
    // 2 GiB or more, and then the number of samples does, unless it is 0, too.
    private static PcmLayout Layout(ByteSource audio, AiffFormat format, long start, long length, long end)
    {
        var rest = audio.Length - start;
        var said = (long)format.SampleCount * format.Pcm.BlockLength;
        var isKnown = length + SoundHeaderLength + MostOffset < LengthUnknown;
        var promised = isKnown ? length : said > 0 ? said : rest;
        var there = Math.Min(promised, rest);
        var behind = isKnown && end < audio.Length && !Padding.IsOnly(audio, end) && !Padding.IsFill(audio, end) ? audio.Length - end : 0;
        return new PcmLayout("AIFF", format.Pcm, format.IsBigEndian, start, there, promised - there, behind);
    }
}
