using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Streams as a web server gives them: read asynchronously only, endless, or cancelled.</summary>
public class AudioStreamTests
{
    private static string Clip => FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Cancelling_reaches_a_large_file_that_is_taken_into_memory()
    {
        using var cancelled = new CancellationTokenSource();
        using var stream = new CancellingStream(cancelled);
        Assert.Throws<OperationCanceledException>(
            () => AudioFile.Read(stream, new AudioReadOptions { CancellationToken = cancelled.Token }));
        Assert.InRange(stream.Position, 1, 1 << 22);
    }

    /// <summary>A decoder that was added takes all at once, which is read through the window.</summary>
    [Fact]
    public void All_bytes_of_a_stream_are_read_and_cancelled_by_the_window()
    {
        var bytes = new byte[1_000_003];
        new Random(1).NextBytes(bytes);
        using var stream = new MemoryStream(bytes) { Position = 3 };
        using var source = new StreamBytes(stream);
        Assert.Equal(bytes[3..], source.All(Cancellation).ToArray());

        using var cancelled = new CancellationTokenSource();
        using var cancelling = new CancellingStream(cancelled);
        using var other = new StreamBytes(cancelling);
        Assert.Throws<OperationCanceledException>(() => other.All(cancelled.Token));
        Assert.InRange(cancelling.Position, 1, 1 << 22);
    }

    /// <summary>16 MiB; who reads them is told to stop at the first.</summary>
    private sealed class CancellingStream(CancellationTokenSource cancelled) : MemoryStream(new byte[1 << 24])
    {
        public override int Read(Span<byte> buffer)
        {
            cancelled.Cancel();
            return base.Read(buffer);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            cancelled.Cancel();
            return base.Read(buffer, offset, count);
        }
    }

    [Fact]
    public async Task A_stream_that_refuses_synchronous_reads_gives_the_same()
    {
        var bytes = File.ReadAllBytes(Clip);
        Assert.Throws<InvalidOperationException>(() => AudioFile.Read(new RequestBody(bytes)));

        var options = new AudioReadOptions { Mono = true, SampleRate = 22050 };
        var wave = await AudioFile.ReadAsync(new RequestBody(bytes), options, Cancellation);
        Assert.Equal(AudioFile.Read(bytes, options).Channel(0), wave.Channel(0));
        var info = await AudioFile.ProbeAsync(new RequestBody(bytes), cancellationToken: Cancellation);
        Assert.Equal(AudioFile.Probe(bytes).Duration, info.Duration);
    }

    [Fact]
    public async Task An_endless_stream_ends_at_the_limit()
    {
        var body = new RequestBody(null);
        var error = await Assert.ThrowsAsync<AudioFormatException>(
            () => AudioFile.ReadAsync(body, new AudioReadOptions { MaxBytes = 100_000 }, Cancellation));
        Assert.Contains("MaxBytes", error.Message);
        Assert.Equal(100_001, body.BytesGiven);
    }

    [Fact]
    public async Task Exactly_the_limit_is_read()
    {
        var bytes = File.ReadAllBytes(Clip);
        var options = new AudioReadOptions { MaxBytes = bytes.Length };
        Assert.NotNull(await AudioFile.ReadAsync(new RequestBody(bytes), options, Cancellation));
        Assert.NotNull(AudioFile.Read(new MemoryStream(bytes), options));
    }

    [Fact]
    public async Task Reading_a_stream_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var body = new RequestBody(null) { AtByte = 50_000, Then = source.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AudioFile.ReadAsync(body, cancellationToken: source.Token));
        Assert.InRange(body.BytesGiven, 50_000, 60_000);
    }

    [Fact]
    public async Task The_token_of_the_options_counts_too()
    {
        using var source = new CancellationTokenSource();
        var body = new RequestBody(null) { AtByte = 50_000, Then = source.Cancel };
        var options = new AudioReadOptions { CancellationToken = source.Token };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AudioFile.ReadAsync(body, options, Cancellation));
    }

    [Fact]
    public void Decoding_can_be_cancelled()
    {
        var options = new AudioReadOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => AudioFile.Read(Clip, options));
        Assert.Throws<OperationCanceledException>(() => AudioFile.Read(File.ReadAllBytes(Clip), options));
    }
}
