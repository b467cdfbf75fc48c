using System.Text;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>What is no audio of ours is called what it is, whatever bytes follow its mark.</summary>
public class ForeignContentTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "\x7F" + "ELF\x2\x1\x1", "a program (ELF)" },
        { "\xCF\xFA\xED\xFE", "a program (Mach-O)" },
        { "\x89PNG\r\n\x1A\n", "a PNG image" },
        { "\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG image" },
        { "GIF89a", "a GIF image" },
        { "RIFF\x10\0\0\0WEBPVP8 ", "a WebP image" },
        { "%PDF-1.7\n", "a PDF document" },
        { "PK\x3\x4\x14\0", "a ZIP archive" },
        { "\x1F\x8B\x8\0", "a gzip archive" },
        { "7z\xBC\xAF\x27\x1C", "a 7-Zip archive" },
        { "Rar!\x1A\x7\0", "a RAR archive" },
        { "\0\0\0\x20" + "ftypM4A ", "MP4" },
        { "\0\0\0\x14" + "ftypqt  ", "QuickTime" },
        { "OggS\0\x2", "Ogg" },
        { "fLaC\0\0\0\"", "FLAC" },
        { "caff\0\x1\0\0desc", "Core Audio" },
        { "riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB", "Wave64" },
        { "RIFF\x10\0\0\0AVI LIST", "AVI" },
        { "RIFF\x10\0\0\0sfbkLIST", "RIFF file of the kind 'sfbk'" },
        { "\x1A\x45\xDF\xA3", "Matroska" },
        { "FORM\0\0\x10\08SVXVHDR", "IFF file of the kind '8SVX'" },
        { "NIST_1A\n   1024\n", "NIST SPHERE" },
        { "MThd\0\0\0\x6", "MIDI" },
        { "#!AMR\n", "AMR" },
        { "wvpk", "WavPack" },
        { "0&\xB2\x75\x8E\x66\xCF\x11", "Windows Media" },
        { "SQLite format 3\0", "SQLite" },
        { "#EXTM3U\nsong.mp3\n", "playlist" },
        { "<!DOCTYPE html><html>", "HTML" },
        { "\r\n<?xml version=\"1.0\"?>", "HTML or XML" },
        { "a,b\n1,2\n", "text" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_named(string start, string name)
    {
        var isText = start[^1] is '\n' or '>';
        for (var seed = 0; seed < 5; seed++)
        {
            // Bytes as programs and images have them: runs of 0xFF, and whatever may look like headers of Layers I to III.
            var rest = new byte[isText ? 0 : 50_000];
            var random = new Random(seed);
            random.NextBytes(rest);
            for (var i = 0; i < rest.Length; i++)
                if (random.Next(4) == 0)
                    rest[i] = (byte)(0xF0 | random.Next(16));
            AssertNamed(name, [.. Encoding.Latin1.GetBytes(start), .. rest]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_named_behind_a_tag(string start, string name) =>
        AssertNamed(name, [.. "ID3\x3\0\0\0\0\0\x14"u8, .. new byte[20], .. Encoding.Latin1.GetBytes(start)]);

    [Fact]
    public void A_windows_program_is_named()
    {
        var program = new byte[5000];
        "MZ"u8.CopyTo(program);
        program[60] = 128;
        "PE\0\0"u8.CopyTo(program.AsSpan(128));
        AssertNamed("a program (Windows)", program);
    }

    [Fact]
    public void This_systems_own_programs_are_no_audio()
    {
        // The runtime's own libraries: whatever this system's format is, none is MPEG audio.
        var files = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!).Order(StringComparer.Ordinal)
            .Take(40).ToArray();
        Assert.True(files.Length > 20);
        foreach (var file in files)
        {
            var message = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file)).Message;
            Assert.DoesNotContain("MPEG Layer I ", message);
            Assert.DoesNotContain("Layer II ", message);
            Assert.DoesNotContain("AAC", message);
        }
    }

    [Fact]
    public void Nothing_is_called_nothing()
    {
        AssertNamed("empty", []);
        AssertNamed("5000 bytes of 0, and nothing else", new byte[5000]);
        AssertNamed("a tag (ID3 or APE) with no audio after it", [.. "ID3\x3\0\0\0\0\0\x14"u8, .. new byte[20]]);
        AssertNamed("an ID3 tag that goes on past the end of the file", [.. "ID3\x3\0\0\0\0\x1\x14"u8, .. new byte[20]]);
    }

    [Fact]
    public void Random_bytes_are_nothing_that_is_known()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = new byte[40_000];
            new Random(seed).NextBytes(bytes);
            AssertNamed("no audio that is known", bytes);
        }

        AssertNamed("(4 bytes without", [0xFF, 0xF3, 0x84, 0xC4]); // a frame's first four, and no text
    }

    [Theory]
    [InlineData("\u0001vorbis", "(Vorbis)")]
    [InlineData("OpusHead", "(Opus)")]
    [InlineData("Speex   1.2.0", "(Speex)")]
    [InlineData("\u0080theora", "(Theora video)")]
    [InlineData("fishead\0", "of a codec that is not known")]
    public void An_Ogg_file_is_named_by_its_codec(string mark, string name) => AssertNamed("Ogg file " + name, OggPage(mark));

    /// <summary>Whoever lacks a package is told which, and whoever has no use for it is not.</summary>
    [Theory]
    [InlineData("\u0001vorbis", "add the package SongMood.Formats, which reads it")]
    [InlineData("OpusHead", "add the package SongMood.Formats, which reads it")]
    [InlineData("Speex   1.2.0", "install ffmpeg, with which the package SongMood.Formats reads it")]
    [InlineData("\u0080theora", "MP3, WAV, FLAC and AIFF are read (")]
    public void An_Ogg_file_is_told_with_what_reads_it(string mark, string advice) => AssertNamed(advice, OggPage(mark));

    [Fact]
    public void An_Ogg_film_with_sound_is_a_film() =>
        AssertNamed("(Theora video)", [.. OggPage("\u0001vorbis"), .. OggPage("\u0080theora")]);

    [Fact]
    public void FLAC_frames_in_another_container_do_not_make_it_a_FLAC()
    {
        var flac = File.ReadAllBytes(FixtureSignal.PathOf(Path.Combine("lossless", "flac-5-16.flac")));
        Assert.NotNull(AudioFile.Read(flac));
        AssertNamed("a Matroska or WebM file", [0x1A, 0x45, 0xDF, 0xA3, .. new byte[300], .. flac[100..]]);
    }

    private static byte[] OggPage(string mark) =>
        [.. "OggS\0\x2"u8, .. new byte[20], 1, (byte)(mark.Length + 30), .. Encoding.Latin1.GetBytes(mark), .. new byte[30]];

    private static void AssertNamed(string name, byte[] bytes) =>
        Assert.Contains(name, Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes)).Message);
}
