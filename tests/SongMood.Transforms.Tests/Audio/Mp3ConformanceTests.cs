using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>The conformance streams of ISO/IEC 11172-4 and others against their reference samples, 16-bit and untrimmed.</summary>
public class Mp3ConformanceTests
{
    // 11172-4, full accuracy: the RMS of the difference stays below 2^-15 / sqrt(12); the reference's rounding to 16 bits has
    // that much itself.
    private static readonly double MaxRms = Math.Sqrt(2) * Math.Pow(2, -15) / Math.Sqrt(12);
    private static readonly double MaxDifference = Math.Pow(2, -14);

    public static TheoryData<string> Vectors
    {
        get
        {
            var folder = TestData.Root is null ? null : Path.Combine(TestData.Root, "mp3-conformance");
            if (folder is null || !Directory.Exists(folder))
                return ["none"];
            var names = Directory.EnumerateFiles(folder, "*.bit").Select(path => Path.GetFileNameWithoutExtension(path));
            return [.. names.Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Decodes_to_the_reference(string name)
    {
        var folder = TestData.Require("mp3-conformance");
        var stream = Path.Combine(folder, name + ".bit");
        var reference = File.ReadAllBytes(Path.Combine(folder, name + ".pcm"));
        if (reference.Length == 0)
        {
            // Too short, no whole frame, or a VBR header alone: the reference has no samples, and we say why.
            var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(stream));
            Assert.Equal(stream, error.File);
            return;
        }

        var decoded = AudioFile.Read(stream);
        var channels = decoded.ChannelCount;
        var count = reference.Length / 2;

        // Some references end one frame before the stream does.
        Assert.InRange(decoded.SampleCount * channels - count, 0, 1152 * channels);
        double squares = 0, largest = 0;
        for (var i = 0; i < count; i++)
        {
            var expected = BitConverter.ToInt16(reference, 2 * i) / 32768.0;
            var difference = Math.Abs(Math.Clamp(decoded.Channel(i % channels)[i / channels], -1, 32767 / 32768.0) - expected);
            squares += difference * difference;
            largest = Math.Max(largest, difference);
        }

        var rms = Math.Sqrt(squares / count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: PSNR {-20 * Math.Log10(rms):F1} dB, RMS {rms * 32768:F3} and maximum {largest * 32768:F3} units of 2^-15");
        Assert.True(rms <= MaxRms, $"{name}: RMS {rms:E3}, at most {MaxRms:E3}");
        Assert.True(largest <= MaxDifference, $"{name}: maximum {largest:E3}, at most {MaxDifference:E3}");
    }
}
