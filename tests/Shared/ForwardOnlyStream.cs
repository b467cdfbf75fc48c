namespace SongMood.TestSupport;

/// <summary>A stream as a network gives one: a few bytes at a time.</summary>
public sealed class ForwardOnlyStream(byte[] bytes) : ReadOnlyStream
{
    private int _position;

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = Math.Min(Math.Min(count, 777), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer.AsSpan(offset));
        _position += count;
        return count;
    }
}
