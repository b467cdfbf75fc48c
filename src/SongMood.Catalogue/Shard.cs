using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SongMood.Catalogue;

/// <summary>
/// One of several equal parts of a list of songs. A song's part follows from the hash of its path alone, so that it keeps it when other
/// songs come or go.
/// </summary>
public readonly record struct Shard
{
    /// <summary>One of several parts.</summary>
    /// <param name="number">Which, 1 to <paramref name="count"/>.</param>
    /// <param name="count">How many parts there are, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public Shard(int number, int count)
    {
        if (count is < 1 or > MostShards)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {MostShards} shards.");
        if (number < 1 || number > count)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Expected a shard from 1 to {count}.");
        (Number, Count) = (number, count);
    }

    internal const int MostShards = 100_000;

    /// <summary>Which part this is, from 1.</summary>
    public int Number { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Whether a song belongs to this part.</summary>
    /// <param name="path">
    /// The song's path, as the list has it: the first 8 bytes of the SHA-256 of its UTF-8, as a big-endian number, modulo the number of
    /// shards. A backslash counts as a slash, so that Windows and Linux agree on relative paths.
    /// </param>
    /// <exception cref="InvalidOperationException">This is the default value, which is no shard.</exception>
    public bool Holds(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Count == 0)
            throw new InvalidOperationException("This is no shard: it has no number. Make one by its constructor.");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path.Replace('\\', '/')), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)Count == (ulong)(Number - 1);
    }

    /// <summary>Reads "3/16".</summary>
    /// <param name="text">The number and the count, with a slash between.</param>
    /// <param name="shard">The shard.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Shard shard)
    {
        shard = default;
        if (text?.Split('/') is not [var first, var second]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MostShards || number < 1 || number > count)
            return false;
        shard = new Shard(number, count);
        return true;
    }

    /// <summary>Such as "3/16".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
