namespace SongMood.Audio;

/// <summary>
/// An input's bytes by their position, whether they are in memory or read as they are needed. To dispose of it frees the memory that it
/// reads through; nothing that it gave may be looked at after that.
/// </summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// The bytes from a position on: <paramref name="count"/> or more, fewer only where the input ends before. They may change with the
    /// next call.
    /// </summary>
    public abstract ReadOnlySpan<byte> At(long position, int count);

    /// <summary>
    /// All bytes, at most 2 GiB; where they are in memory, as they are there, else a window at a time, so that it can be cancelled.
    /// </summary>
    public virtual ReadOnlyMemory<byte> All(CancellationToken cancellation)
    {
        var all = new byte[Length];
        CopyTo(new MemoryStream(all), cancellation);
        return all;
    }

    /// <summary>Writes all bytes, a window at a time, so that it can be cancelled.</summary>
    public void CopyTo(Stream target, CancellationToken cancellation)
    {
        for (var at = 0L; at < Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = At(at, 1);
            target.Write(bytes);
            at += bytes.Length;
        }
    }

    /// <summary>A part, as a source of its own.</summary>
    public ByteSource Slice(long start, long length) =>
        start == 0 && length == Length ? this : new Part(this, start, length);

    public virtual void Dispose()
    {
    }

    public static ByteSource Of(ReadOnlyMemory<byte> bytes) => new InMemory(bytes);

    private sealed class InMemory(ReadOnlyMemory<byte> bytes) : ByteSource
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte> All(CancellationToken cancellation) => bytes;

        public override ReadOnlySpan<byte> At(long position, int count) => bytes.Span[(int)Math.Min(position, bytes.Length)..];
    }

    private sealed class Part(ByteSource whole, long start, long length) : ByteSource
    {
        public override long Length => length;

        public override ReadOnlySpan<byte> At(long position, int count)
        {
            var rest = Math.Max(0, length - position);
            var bytes = whole.At(start + position, (int)Math.Min(count, rest));
            return bytes.Length > rest ? bytes[..(int)rest] : bytes;
        }
    }
}
