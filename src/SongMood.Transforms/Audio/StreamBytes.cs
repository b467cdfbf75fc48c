using System.Buffers;

namespace SongMood.Audio;

/// <summary>The bytes of a seekable stream from where it stands on, through a window that moves with what is asked for.</summary>
internal sealed class StreamBytes(Stream stream) : ByteSource
{
    private const int WindowLength = 1 << 18;

    // How many bytes are kept before what is asked for: a search looks a few frames ahead and then goes on where it was.
    private const int KeptBefore = WindowLength / 4;

    private readonly long _origin = stream.Position;
    // Of the usual length it is the pool's: each song's own would make the garbage collector look through all that is old every few songs.
    private byte[] _window = [];
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

    public override void Dispose()
    {
        if (_window.Length == WindowLength)
            ArrayPool<byte>.Shared.Return(_window);
        (_window, _count) = ([], 0); // whoever asks all the same reads anew
    }

    private void Move(long position, int wanted)
    {
        // One that has become too small is not given back: what was read of it may still be looked at.
        if (wanted > _window.Length - KeptBefore)
            _window = wanted <= WindowLength - KeptBefore ? ArrayPool<byte>.Shared.Rent(WindowLength) : new byte[wanted + KeptBefore];
        _start = Math.Max(0, position - KeptBefore);
        _count = 0;
        stream.Position = _origin + _start;
        var length = (int)Math.Min(_window.Length, Length - _start);
        stream.ReadExactly(_window, 0, length);
        _count = length;
    }
}
