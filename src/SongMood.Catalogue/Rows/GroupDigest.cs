using System.Security.Cryptography;

namespace SongMood.Catalogue;

/// <summary>
/// Which bytes of a Parquet file a group of rows has, and their digest: Parquet.Net writes no checksums of pages, and what a disk or a
/// network has altered would be read as other numbers.
/// </summary>
/// <param name="Start">The place of the first byte.</param>
/// <param name="End">The place behind the last byte.</param>
/// <param name="Hash">Half of their SHA-256.</param>
internal sealed record GroupDigest(long Start, long End, string Hash)
{
    private const int BufferBytes = 1 << 16, HashBytes = SHA256.HashSizeInBytes / 2;

    /// <summary>Reads the bytes, and goes back to where the stream was.</summary>
    /// <exception cref="EndOfStreamException">There are not so many.</exception>
    public static async Task<GroupDigest> OfAsync(Stream stream, long start, long end, CancellationToken cancellation)
    {
        var place = stream.Position;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        stream.Position = start;
        for (var left = end - start; left > 0; left -= Math.Min(left, BufferBytes))
        {
            var some = buffer.AsMemory(0, (int)Math.Min(left, BufferBytes));
            await stream.ReadExactlyAsync(some, cancellation).ConfigureAwait(false);
            hash.AppendData(some.Span);
        }
        stream.Position = place;
        return new GroupDigest(start, end, Convert.ToHexStringLower(hash.GetCurrentHash()[..HashBytes]));
    }
}
