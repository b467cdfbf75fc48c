namespace SongMood.Audio.Ogg;

/// <summary>
/// What the streams of a kind in an Ogg file carry, page after page, as bytes without the pages: one stream, or several joined end to end.
/// The pages' checksums are not looked at, as what is in them has its own.
/// </summary>
internal sealed class OggPayload : ByteSource
{
    private const int LeastJoined = 1 << 18; // bytes that are put together at a time

    private readonly ByteSource _input;
    private readonly List<(long Start, long Position, int Length)> _parts = [];
    private byte[] _joined = [];
    private long _joinedStart;
    private int _joinedCount;

    /// <param name="input">The file.</param>
    /// <param name="first">The first stream's first page.</param>
    /// <param name="prefix">What the first page of each stream begins with.</param>
    /// <param name="prefixLength">Bytes there that are left out.</param>
    /// <param name="cancellation">Ends the walk over the pages.</param>
    public OggPayload(ByteSource input, OggPage first, ReadOnlySpan<byte> prefix, int prefixLength, CancellationToken cancellation)
    {
        _input = input;
        var (serial, end) = (first.Serial, first.Position);
        foreach (var page in OggPage.All(input, first.Position))
        {
            cancellation.ThrowIfCancellationRequested();
            end = page.EndPosition;
            var isBegin = Links.Take(page, page.BodyLength > prefixLength && input.At(page.BodyPosition, prefix.Length).StartsWith(prefix));
            if (isBegin)
                serial = page.Serial;
            if (page.Serial != serial || page.BodyLength == 0)
                continue;
            var skipped = isBegin ? prefixLength : 0;
            Add(page.BodyPosition + skipped, page.BodyLength - skipped);
        }

        // What is there of a page that goes on past the end: its bytes are played as far as they go, and the rest is seen to be missing.
        if (!OggPage.TryRead(input, end, out var cut) && cut.BodyLength > 0 && cut.Serial == serial && cut.BodyPosition < input.Length)
            Add(cut.BodyPosition, (int)(input.Length - cut.BodyPosition));
    }

    public override long Length => _parts.Count == 0 ? 0 : _parts[^1].Start + _parts[^1].Length;

    /// <summary>Tells which streams of other kinds are joined on.</summary>
    public OggLinks Links { get; } = new();

    public override ReadOnlySpan<byte> At(long position, int count)
    {
        var wanted = (int)Math.Clamp(Length - position, 0, count);
        if (wanted == 0)
            return [];
        if (position < _joinedStart || position + wanted > _joinedStart + _joinedCount)
            Join(position, wanted);
        return _joined.AsSpan((int)(position - _joinedStart), (int)(_joinedStart + _joinedCount - position));
    }

    private void Add(long position, int length) => _parts.Add((Length, position, length));

    private void Join(long position, int wanted)
    {
        var index = _parts.BinarySearch(
            (position, 0, 0), Comparer<(long Start, long, int)>.Create((a, b) => a.Start.CompareTo(b.Start)));
        if (index < 0)
            index = ~index - 1;
        _joinedStart = _parts[index].Start;
        _joinedCount = 0;
        var needed = (int)(position - _joinedStart) + Math.Max(wanted, LeastJoined);
        if (_joined.Length < needed + OggPage.MostBytes)
            _joined = new byte[needed + OggPage.MostBytes];
        for (; index < _parts.Count && _joinedCount < needed; index++)
        {
            var (_, from, length) = _parts[index];
            _input.At(from, length)[..length].CopyTo(_joined.AsSpan(_joinedCount));
            _joinedCount += length;
        }
    }
}
