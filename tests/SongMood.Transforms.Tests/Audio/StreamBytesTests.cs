using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>The window over a stream, whose memory goes from one input to the next.</summary>
public class StreamBytesTests
{
    private static readonly byte[] File = Bytes(1, 3 << 20);

    [Fact]
    public void They_are_the_streams_wherever_one_looks()
    {
        var random = new Random(2);
        using var input = new StreamBytes(new MemoryStream(File));
        for (var look = 0; look < 2000; look++)
            RequireSame(input, random.Next(File.Length), look % 100 == 0 ? random.Next(File.Length) : random.Next(100_000));
    }

    /// <summary>Each in turn gives its memory up, and takes what another one gave up.</summary>
    [Fact]
    public void Inputs_at_once_have_each_their_own()
    {
        var random = new Random(3);
        byte[][] files = [.. Enumerable.Range(0, 5).Select(seed => Bytes(10 + seed, 600_000))];
        var inputs = files.Select(file => new StreamBytes(new MemoryStream(file))).ToArray();
        for (var look = 0; look < 1000; look++)
        {
            var which = random.Next(files.Length);
            RequireSame(inputs[which], random.Next(files[which].Length), random.Next(5000), files[which]);
            if (look % 7 == 0)
                inputs[random.Next(files.Length)].Dispose();
        }
    }

    [Fact]
    public void Nothing_is_read_of_a_closed_stream()
    {
        var stream = new MemoryStream(File);
        var input = new StreamBytes(stream);
        RequireSame(input, 0, 10);
        input.Dispose();
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => input.At(0, 10).Length);
    }

    private static void RequireSame(StreamBytes input, int position, int count, byte[]? file = null)
    {
        file ??= File;
        var bytes = input.At(position, count);
        Assert.True(bytes.Length >= Math.Min(count, file.Length - position));
        Assert.True(bytes.SequenceEqual(file.AsSpan(position, bytes.Length)));
    }

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
