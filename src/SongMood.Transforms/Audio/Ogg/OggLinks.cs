namespace SongMood.Audio.Ogg;

/// <summary>
/// Follows streams of a kind through an Ogg file whose streams are joined end to end: all that run side by side begin before any goes on
/// (RFC 3533, 4), and of those of the kind the first counts. Where none is of the kind, what they carry is lost.
/// </summary>
internal sealed class OggLinks
{
    private bool _isBegun, _hasOwn, _isCounted;

    /// <summary>How often streams follow of which none is of the kind.</summary>
    public int OtherCount { get; private set; }

    /// <summary>Bytes of these.</summary>
    public long OtherByteCount { get; private set; }

    /// <summary>Takes the next page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isOfKind">Whether it has the mark that streams of the kind begin with.</param>
    /// <returns>Whether a stream of the kind begins, and counts.</returns>
    public bool Take(in OggPage page, bool isOfKind)
    {
        if (page.IsFirst && !_isBegun)
            (_hasOwn, _isCounted) = (false, false);
        _isBegun = page.IsFirst;
        var begins = page.IsFirst && isOfKind && !_hasOwn;
        _hasOwn |= begins;
        if (page.IsFirst || _hasOwn)
            return begins;
        OtherCount += _isCounted ? 0 : 1;
        OtherByteCount += page.Length;
        _isCounted = true;
        return false;
    }
}
