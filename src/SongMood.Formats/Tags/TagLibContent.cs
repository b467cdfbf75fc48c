using SongMood.Audio;
using SongMood.Audio.Tags;
using TagLib;

namespace SongMood.Formats.Tags;

/// <summary>A file in memory, as TagLibSharp takes it. What a file is, its content says, as everywhere here; not its name.</summary>
internal sealed class TagLibContent : TagLib.File.IFileAbstraction, IDisposable
{
    private const int HeadLength = 1 << 16;

    // TagLibSharp would add them to files that have none.
    private const TagTypes NotAdded = TagTypes.Id3v1 | TagTypes.RiffInfo | TagTypes.MovieId | TagTypes.DivX;

    private readonly MemoryStream _stream = new();
    private readonly TagLib.File _file;

    public TagLibContent(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _stream.Position = 0;
        _file = Open(bytes);
        Fields = [.. FindFields()];
    }

    public string Name => "song";

    public Stream ReadStream => _stream;

    public Stream WriteStream => _stream;

    /// <summary>The tags that can hold ours, the one that players read first at the front.</summary>
    public IReadOnlyList<TagFields> Fields { get; }

    /// <summary>All that is in the file's tags besides our fields.</summary>
    public IEnumerable<string> Others() => Fields.SelectMany(fields => fields.Others())
        .Concat((_file as TagLib.Flac.File)?.Tag.Pictures.Select(picture => $"picture {Convert.ToHexString(picture.Data.Data)}") ?? []);

    /// <summary>Saves the tags.</summary>
    /// <returns>All bytes of the file with them.</returns>
    public byte[] Save()
    {
        _file.RemoveTags(NotAdded & ~_file.TagTypesOnDisk);
        _file.Save();
        return _stream.ToArray();
    }

    public void CloseStream(Stream stream)
    {
        // It stays: what was written is asked for.
    }

    public void Dispose() => _file.Dispose();

    private TagLib.File Open(ReadOnlySpan<byte> bytes)
    {
        var start = (int)TagSkipper.AudioStart(ByteSource.Of(bytes.ToArray()));
        var content = bytes[start..Math.Min(bytes.Length, start + HeadLength)];
        if (content.StartsWith("fLaC"u8))
            return new TagLib.Flac.File(this, ReadStyle.None);
        if (content.StartsWith("OggS"u8))
            return new TagLib.Ogg.File(this, ReadStyle.None);
        if (content.StartsWith("RIFF"u8))
            return new TagLib.Riff.File(this, ReadStyle.None);
        if (content.StartsWith("FORM"u8))
            return new TagLib.Aiff.File(this, ReadStyle.None);
        if (content.Length > 8 && content[4..].StartsWith("ftyp"u8))
            return new TagLib.Mpeg4.File(this, ReadStyle.None);
        if (content.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75]))
            return new TagLib.Asf.File(this, ReadStyle.None);
        if (content.StartsWith("wvpk"u8))
            return new TagLib.WavPack.File(this, ReadStyle.None);
        if (content.StartsWith("MAC "u8))
            return new TagLib.Ape.File(this, ReadStyle.None);
        if (ForeignContent.FindMedia(ByteSource.Of(content.ToArray())) is { } other)
            throw new AudioFormatException($"this is {other}, and tags are not written into such files; expected MP3, FLAC, Ogg Vorbis, "
                + "Opus, WAV, AIFF, MP4, Windows Media, WavPack or Monkey's Audio");
        return new TagLib.Mpeg.AudioFile(this, ReadStyle.None);
    }

    private IEnumerable<TagFields> FindFields()
    {
        if (_file is TagLib.Mpeg.AudioFile or TagLib.Riff.File or TagLib.Aiff.File)
            yield return new Id3V2Fields(Id3V2Tag());
        if (_file.GetTag(TagTypes.Xiph) is TagLib.Ogg.XiphComment xiph)
            yield return new XiphFields(xiph);
        if (_file.GetTag(TagTypes.Apple) is TagLib.Mpeg4.AppleTag apple)
            yield return new Mp4Fields(apple);
        if (_file.GetTag(TagTypes.Asf) is TagLib.Asf.Tag asf)
            yield return new AsfFields(asf);
        if (_file.GetTag(TagTypes.Ape) is TagLib.Ape.Tag ape)
            yield return new ApeFields(ape);
    }

    private TagLib.Id3v2.Tag Id3V2Tag()
    {
        var tag = (TagLib.Id3v2.Tag)_file.GetTag(TagTypes.Id3v2, create: true);
        if ((_file.TagTypesOnDisk & TagTypes.Id3v2) == 0)
        {
            tag.Clear(); // of what was copied from other tags
            tag.Version = 4; // the one that has TMOO
            tag.Flags = TagLib.Id3v2.HeaderFlags.None; // TagLibSharp gives tags in WAV files a footer
        }
        return tag;
    }
}
