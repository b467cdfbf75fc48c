using System.Buffers.Binary;
using System.Text;

namespace SongMood.Audio.Tags;

/// <summary>
/// The text of FLAC, Vorbis and Opus files (RFC 9639, 8.6): a vendor's name, and comments such as "TITLE=Song", in UTF-8, each behind
/// its length. What is damaged is passed over.
/// </summary>
internal static class VorbisComment
{
    private const int LengthBytes = 4;

    public static void Read(ReadOnlySpan<byte> body, TagText text)
    {
        if (!TryTake(ref body, out _) || body.Length < LengthBytes)
            return;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(body);
        body = body[LengthBytes..];
        for (uint i = 0; i < count && TryTake(ref body, out var comment); i++)
            if (comment.IndexOf((byte)'=') is > 0 and var equals && comment.Length <= TagText.LongestText)
                text.Keep(Encoding.ASCII.GetString(comment[..equals]).ToUpperInvariant(), Encoding.UTF8.GetString(comment[(equals + 1)..]));
    }

    private static bool TryTake(ref ReadOnlySpan<byte> body, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (body.Length < LengthBytes || BinaryPrimitives.ReadUInt32LittleEndian(body) > body.Length - LengthBytes)
            return false;
        taken = body.Slice(LengthBytes, BinaryPrimitives.ReadInt32LittleEndian(body));
        body = body[(LengthBytes + taken.Length)..];
        return true;
    }
}
