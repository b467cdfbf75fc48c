using System.Reflection;
using SongMood.Audio;
using SongMood.Tests.Trainers;

namespace SongMood.Tests;

/// <summary>The samples do what their comments say.</summary>
[Collection(nameof(Torch))]
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainMood_decodes_a_clip_once_while_it_fits()
    {
        var counter = new Counter();
        AudioFile.Register(counter);
        var lines = new List<string> { "path,mood" };
        for (var song = 0; song < 6; song++)
        {
            File.WriteAllBytes(_folder.File($"{song}.wav"), [.. Counter.Mark, (byte)song]);
            lines.Add($"{song}.wav,{(song % 2 == 0 ? "low" : "high")}");
        }
        var model = _folder.File("moods.zip");
        var sample = Assembly.Load("TrainMood").EntryPoint!;
        Assert.Equal(0, sample.Invoke(null, [new[] { _folder.Write("labels.csv", string.Join('\n', lines)), model }]));
        Assert.True(File.Exists(model));
        // All six to fit, all six to evaluate the saved model on, four to predict with it.
        Assert.Equal(6 + 6 + 4, counter.DecodeCount);
    }

    [Fact]
    public void BringYourEmbedding_without_the_networks_is_wrong_only_where_they_were_named()
    {
        var sample = Assembly.Load("BringYourEmbedding").EntryPoint!;
        Assert.Equal(1, sample.Invoke(null, [new[] { "--teachers", _folder.File("nowhere") }]));
        Assert.Equal(2, sample.Invoke(null, [new[] { "--teacher", "x" }]));
        Assert.SkipWhen(Directory.Exists("../shared/data/teachers"), "the networks are where they are looked for");
        Assert.Equal(0, sample.Invoke(null, [Array.Empty<string>()]));
    }

    /// <summary>
    /// A format of its own, so that it hears of no other test's songs. It stays registered, so it has no suffix that other tests would see.
    /// </summary>
    private sealed class Counter : IAudioDecoder
    {
        private int _count;

        public static ReadOnlySpan<byte> Mark => "SampleTests: "u8;

        public int DecodeCount => _count;

        public IReadOnlyList<string> FileNameSuffixes => [".wav"];

        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Mark);

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
            throw new NotSupportedException("The sample decodes, it does not probe.");

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
        {
            Interlocked.Increment(ref _count);
            return AudioFile.Read(ToneFiles.Wav(bytes.Span[^1] % 2 == 0 ? 300 : 5000, seed: bytes.Span[^1]));
        }
    }
}
