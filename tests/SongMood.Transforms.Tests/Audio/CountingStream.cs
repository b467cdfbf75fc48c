namespace SongMood.Transforms.Tests.Audio;

/// <summary>Counts the bytes that are read of a file.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
{
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) // which the other Read calls
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
