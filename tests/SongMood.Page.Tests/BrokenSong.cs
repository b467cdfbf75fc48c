using SongMood.Audio;

namespace SongMood.Page.Tests;

/// <summary>A format whose decoder has a fault that nobody foresaw.</summary>
internal sealed class BrokenSong : IAudioDecoder
{
    static BrokenSong() => AudioFile.Register(new BrokenSong());

    public static byte[] Bytes { get; } = "BrokenSong: "u8.ToArray();

    public IReadOnlyList<string> FileNameSuffixes => [];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith("BrokenSong: "u8);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => throw new InvalidOperationException("not foreseen");

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => throw new InvalidOperationException("not foreseen");
}
