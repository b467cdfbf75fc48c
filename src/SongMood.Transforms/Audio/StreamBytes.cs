namespace SongMood.Audio;

/// <summary>The bytes of a seekable stream from where it stands on, through a window that moves with what is asked for.</summary>
internal sealed class StreamBytes(Stream stream) : ByteSource
{
    private const int WindowLength = 1 << 18;

    // How many bytes are kept before what is asked for: a search looks a few frames ahead and then goes on where it was.
    private const int KeptBefore = WindowLength / 4;

    private readonly long _origin = stream.Position;
    private byte[] _window = new byte[WindowLength];
    private long _start;
    private int _count;

    public override long Length { get; } = Math.Max(0, stream.Length - stream.Position);

    public override ReadOnlySpan<byte> At(long position, int count)
    {
        var wanted = (int)Math.Clamp(Length - position, 0, count);
        if (wanted == 0)
            return [];
        if (position < _start || position + wanted > _start + _count)
            Move(position, wanted);
        return _window.AsSpan((int)(position - _start), (int)(_start + _count - position));
    }

    private void Move(long position, int wanted)
    {
        if (wanted > _window.Length - KeptBefore)
            _window = new byte[wanted + KeptBefore];
        _start = Math.Max(0, position - KeptBefore);
        _count = 0;
        stream.Position = _origin + _start;
        var length = (int)Math.Min(_window.Length, Length - _start);
        stream.ReadExactly(_window, 0, length);
        _count = length;
    }
}
