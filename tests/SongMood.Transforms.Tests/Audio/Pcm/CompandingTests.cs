using SongMood.Audio;
using SongMood.Transforms.Tests.Audio.Wav;

namespace SongMood.Transforms.Tests.Audio.Pcm;

public class CompandingTests
{
    private static readonly byte[] Codes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    /// <summary>G.711's tables by counting up from silence: 16 steps a segment, each segment's twice as wide as the one before.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Codes_are_what_counting_the_steps_gives(int tag)
    {
        var expected = new float[256];
        var (edge, step) = tag == 6 ? (0, 2) : (-1, 2); // in A-law's 4096ths and mu-law's 8192ths; mu-law's first step is 0 itself, alone
        for (var number = 0; number < 128; number++)
        {
            if (number % 16 == 0 && number >= (tag == 6 ? 32 : 16))
                step *= 2;
            var magnitude = (edge + step / 2) / (tag == 6 ? 4096f : 8192f);
            edge += step;
            expected[tag == 6 ? number ^ 0xD5 : number ^ 0xFF] = magnitude;
            expected[tag == 6 ? number ^ 0x55 : number ^ 0x7F] = -magnitude;
        }

        var read = AudioFile.Read(new WavBytes(Codes) { Tag = tag, Bits = 8 }.ToArray()).Channel(0);
        Assert.Equal(expected, read.ToArray());
    }

    /// <summary>What ffmpeg 5.1 and sox 14.4 make of some codes, in 16 bits.</summary>
    [Theory]
    [InlineData(6, new[] { 0x00, 0x2A, 0x55, 0x7F, 0x80, 0xAA, 0xD5, 0xFF }, new[] { -5504, -32256, -8, -848, 5504, 32256, 8, 848 })]
    [InlineData(7, new[] { 0x00, 0x2A, 0x55, 0x7F, 0x80, 0xAA, 0xD5, 0xFF }, new[] { -32124, -5372, -716, 0, 32124, 5372, 716, 0 })]
    public void Codes_are_those_of_other_programs(int tag, int[] codes, int[] expected)
    {
        var read = AudioFile.Read(new WavBytes(Codes) { Tag = tag, Bits = 8 }.ToArray()).Channel(0).ToArray();
        Assert.Equal(expected, codes.Select(code => (int)(read[code] * 32768)));
    }

    [Fact]
    public void Headers_that_give_the_decoded_width_or_no_alignment_are_taken() =>
        Assert.Equal(256, AudioFile.Read(new WavBytes(Codes) { Tag = 7, Bits = 16, Block = 0 }.ToArray()).SampleCount);
}
