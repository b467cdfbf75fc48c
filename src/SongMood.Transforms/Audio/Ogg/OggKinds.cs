namespace SongMood.Audio.Ogg;

/// <summary>Names an Ogg file by its streams: each begins with a mark of its codec (RFC 3533, 4).</summary>
internal static class OggKinds
{
    // By the codecs' own mappings to Ogg. The order is that of importance: a film has sound, too.
    private static readonly (byte[] Mark, string Name)[] Codecs =
    [
        ([0x80, .. "theora"u8], "Theora video"),
        ([.. "BBCD"u8], "Dirac video"),
        ([1, .. "video"u8], "OGM video"),
        ([1, .. "vorbis"u8], "Vorbis"),
        ([.. "OpusHead"u8], "Opus"),
        ([0x7F, .. "FLAC"u8], "FLAC"),
        ([.. "Speex   "u8], "Speex"),
        ([.. "CELT    "u8], "CELT"),
        ([.. "PCM     "u8], "PCM"),
    ];

    /// <summary>What an Ogg file is called.</summary>
    public static string Name(ReadOnlySpan<byte> bytes) =>
        Codec(bytes) is { } codec ? $"an Ogg file ({codec})" : "an Ogg file of a codec that is not known";

    /// <summary>Whether it has nothing but Speex, which ffmpeg reads.</summary>
    public static bool IsSpeex(ReadOnlySpan<byte> bytes) => Codec(bytes) == "Speex";

    /// <summary>Whether its sound is Vorbis or Opus, which the package SongMood.Formats reads by itself.</summary>
    public static bool IsVorbisOrOpus(ReadOnlySpan<byte> bytes) => Codec(bytes) is "Vorbis" or "Opus";

    private static string? Codec(ReadOnlySpan<byte> bytes)
    {
        var input = ByteSource.Of(bytes.ToArray());
        var first = OggPage.All(input, 0).TakeWhile(page => page.IsFirst).ToArray(); // all streams begin before any goes on
        foreach (var (mark, name) in Codecs)
            if (first.Any(page => input.At(page.BodyPosition, mark.Length).StartsWith(mark)))
                return name;
        return null;
    }
}
