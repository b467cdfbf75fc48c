using SongMood.Audio.Mp3;

namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>The synthesis by vectors of sixteen beside that by vectors of eight, which takes what comes two slots at a time.</summary>
public class WideSynthesisTests
{
    [Theory]
    [InlineData(18)]
    [InlineData(12)]
    [InlineData(10)]
    public void It_gives_the_same_bits(int slotCount)
    {
        Assert.SkipUnless(WideSynthesis.IsSupported, "this processor has no AVX-512, or the runtime is told to do without");
        const int Subbands = 32;
        var random = new Random(slotCount);
        var (wide, narrow) = (new SynthesisFilterbank(), new SynthesisFilterbank());
        var (slots, expected, found) = (new float[18 * Subbands], new float[18 * Subbands], new float[18 * Subbands]);
        for (var granule = 0; granule < 50; granule++)
        {
            for (var i = 0; i < slots.Length; i++)
                slots[i] = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 3));
            wide.Apply(slots, slotCount, found);
            for (var slot = 0; slot < slotCount; slot += 2)
                narrow.Apply(slots.AsSpan(Subbands * slot, 2 * Subbands), 2, expected.AsSpan(Subbands * slot));
            // As bits, in which a zero has a sign. 0 is what the sums of both begin with.
            Assert.Equal(expected[..(Subbands * slotCount)].Select(BitConverter.SingleToInt32Bits),
                found[..(Subbands * slotCount)].Select(BitConverter.SingleToInt32Bits));
            Assert.Contains(found, sample => Math.Abs(sample) > 1);
        }
    }
}
