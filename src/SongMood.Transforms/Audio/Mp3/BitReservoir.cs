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
    private int _kept;
    private int _count;

    public void Reset() => _count = 0;

    /// <summary>Appends a frame's own main data.</summary>
    public void Append(ReadOnlySpan<byte> mainData)
    {
        _kept = Math.Min(_count, Reach);
        _bytes.AsSpan(_count - _kept, _kept).CopyTo(_bytes);
        _count = _kept + mainData.Length;
        if (_count + HuffmanDecoder.BytesAfterData > _bytes.Length)
            Array.Resize(ref _bytes, 2 * (_count + HuffmanDecoder.BytesAfterData)); // large free-format frames only
        mainData.CopyTo(_bytes.AsSpan(_kept));
    }

    /// <summary>
    /// The main data that the last frame's granules read, from main_data_begin (at most what there is) on;
    /// <see cref="HuffmanDecoder.BytesAfterData"/> more bytes follow it in the array.
    /// </summary>
    public ReadOnlySpan<byte> From(int mainDataBegin) => _bytes.AsSpan((_kept - mainDataBegin).._count);
}
