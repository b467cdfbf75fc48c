namespace SongMood.Audio.Mp3;

/// <summary>
/// Main data goes on across frames: a frame's may begin in the bytes of those before it (ISO/IEC 11172-3, 2.4.2.7,
/// main_data_begin).
/// </summary>
internal sealed class BitReservoir
{
    /// <summary>The furthest that main_data_begin (9 bits) reaches back.</summary>
    public const int Reach = 511;

    private byte[] _bytes = new byte[Reach + 2048];
    private int _count;

    public void Reset() => _count = 0;

    /// <summary>
    /// Appends a frame's own main data and gives all that its granules may read, from main_data_begin on, with
    /// <see cref="HuffmanDecoder.BytesAfterData"/> more bytes after it in the array; false where earlier bytes are missing.
    /// </summary>
    public bool TryTake(ReadOnlySpan<byte> mainData, int mainDataBegin, out ReadOnlySpan<byte> data)
    {
        var kept = Math.Min(_count, Reach);
        _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
        _count = kept + mainData.Length;
        if (_count + HuffmanDecoder.BytesAfterData > _bytes.Length)
            Array.Resize(ref _bytes, 2 * (_count + HuffmanDecoder.BytesAfterData)); // large free-format frames only
        mainData.CopyTo(_bytes.AsSpan(kept));
        var isThere = mainDataBegin <= kept;
        data = isThere ? _bytes.AsSpan(kept - mainDataBegin, mainDataBegin + mainData.Length) : default;
        return isThere;
    }
}
