namespace SongMood.TestSupport;

/// <summary>What ASP.NET Core's request bodies are by default: read asynchronously only. Without bytes it never ends.</summary>
public sealed class RequestBody(byte[]? bytes) : ReadOnlyStream
{
    public int BytesGiven { get; private set; }

    public int AtByte { get; init; } = int.MaxValue;

    public Action? Then { get; init; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(buffer.Length, 1000), bytes is null ? int.MaxValue : bytes.Length - BytesGiven);
        (bytes is null ? new byte[count] : bytes.AsSpan(BytesGiven, count)).CopyTo(buffer.Span);
        BytesGiven += count;
        if (BytesGiven >= AtByte)
            Then!();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("Synchronous operations are disallowed.");
}
