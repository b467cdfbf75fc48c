namespace SongMood.Audio.Ogg;

/// <summary>
/// What one stream of an Ogg file carries, page after page, as bytes without the pages. The pages' checksums are not looked at, as
/// what is in them has its own.
/// </summary>
internal sealed class OggPayload : ByteSource
{
    private const int LeastJoined = 1 << 18; // bytes that are put together at a time

    private readonly ByteSource _input;
    private readonly List<(long Start, OggPage Page)> _pages = [];
    private byte[] _joined = [];
    private long _joinedStart;
    private int _joinedCount;

    /// <param name="input">The file.</param>
    /// <param name="first">The stream's first page.</param>
    /// <param name="cancellation">Ends the walk over the pages.</param>
    public OggPayload(ByteSource input, OggPage first, CancellationToken cancellation)
    {
        _input = input;
        foreach (var page in OggPage.All(input, first.Position))
        {
            cancellation.ThrowIfCancellationRequested();
            if (page.Serial != first.Serial || page.BodyLength == 0)
                continue;
            _pages.Add((Length, page));
            Length += page.BodyLength;
        }
    }

    public override long Length { get; }

    public override ReadOnlySpan<byte> At(long position, int count)
    {
        var wanted = (int)Math.Clamp(Length - position, 0, count);
        if (wanted == 0)
            return [];
        if (position < _joinedStart || position + wanted > _joinedStart + _joinedCount)
            Join(position, wanted);
        return _joined.AsSpan((int)(position - _joinedStart), (int)(_joinedStart + _joinedCount - position));
    }

    private void Join(long position, int wanted)
    {
        var index = _pages.BinarySearch((position, default), Comparer<(long Start, OggPage)>.Create((a, b) => a.Start.CompareTo(b.Start)));
        if (index < 0)
            index = ~index - 1;
        _joinedStart = _pages[index].Start;
        _joinedCount = 0;
        var needed = (int)(position - _joinedStart) + Math.Max(wanted, LeastJoined);
        if (_joined.Length < needed + OggPage.MostBytes)
            _joined = new byte[needed + OggPage.MostBytes];
        for (; index < _pages.Count && _joinedCount < needed; index++)
        {
            var page = _pages[index].Page;
            _input.At(page.BodyPosition, page.BodyLength)[..page.BodyLength].CopyTo(_joined.AsSpan(_joinedCount));
            _joinedCount += page.BodyLength;
        }
    }
}
