using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Alone, since it measures what the whole process holds.</summary>
[Collection(nameof(Alone))]
public class AudioPiecesMemoryTests
{
    private const int RepeatCount = 500; // 3.4 minutes, 36 MB of samples

    [Fact]
    public void Long_audio_takes_no_more_memory_than_fewaudio()
    {
        var few = PeakOf(RepeatCount / 5);
        var many = PeakOf(RepeatCount);
        Assert.InRange(many - few, long.MinValue, 4 << 20);
    }

    // The most that is alive at once, beyond what was before.
    private static long PeakOf(int repeats)
    {
        using var stream = new RepeatedStream(File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3")), repeats);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0, count = 0;
        var options = new AudioReadOptions { SampleRate = 22050 };
        foreach (var piece in AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(5), options))
            if (count++ % 8 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.True(count > repeats / 20);
        return peak;
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
