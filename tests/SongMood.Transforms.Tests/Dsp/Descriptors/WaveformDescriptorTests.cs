using CsCheck;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>Descriptors that are read from the samples alone: frame level and zero crossings.</summary>
public class WaveformDescriptorTests
{
    public static TheoryData<string> Signals => ["noise", "chord", "tune120"];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Frame_level_is_librosas(string signal)
    {
        var expected = GoldenDescriptors.Descriptor("rms", signal);
        var actual = new float[expected.Length];
        FrameLevel.Compute(GoldenDescriptors.Signal(signal), 2048, 512, actual);
        GoldenDescriptors.AssertWithinOnePercent($"rms {signal}", expected, actual);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Zero_crossing_rate_is_librosas(string signal)
    {
        var expected = GoldenDescriptors.Descriptor("zero_crossing_rate", signal);
        var actual = new float[expected.Length];
        ZeroCrossings.Compute(GoldenDescriptors.Signal(signal), 2048, 512, actual);
        GoldenDescriptors.AssertWithinOnePercent($"zero_crossing_rate {signal}", expected, actual);
    }

    [Fact]
    public void Sliding_count_equals_counting_each_frame_anew() =>
        Gen.Select(Gen.Float[-1, 1].Array[0, 300], Gen.Int[1, 40], Gen.Int[1, 60]).Sample((samples, length, hop) =>
        {
            var rate = new float[1 + samples.Length / hop];
            ZeroCrossings.Compute(samples, length, hop, rate);
            for (var t = 0; t < rate.Length; t++)
            {
                var from = Math.Max(0, t * hop - length / 2);
                var to = Math.Min(samples.Length, t * hop - length / 2 + length);
                var crossings = 0;
                for (var n = from + 1; n < to; n++)
                    if (samples[n - 1] < -1e-10f != samples[n] < -1e-10f)
                        crossings++;
                Assert.Equal((float)crossings / length, rate[t]);
            }
        });
}
