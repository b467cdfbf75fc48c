namespace SongMood.Transforms.Tests.Audio;

/// <summary>A seekable stream of the same bytes again and again, which takes no memory for it.</summary>
internal sealed class RepeatedStream(byte[] bytes, int repeats) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => (long)bytes.Length * repeats;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var at = (int)(Position % bytes.Length);
        count = (int)Math.Min(Math.Min(count, bytes.Length - at), Length - Position);
        bytes.AsSpan(at, count).CopyTo(buffer.AsSpan(offset));
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
