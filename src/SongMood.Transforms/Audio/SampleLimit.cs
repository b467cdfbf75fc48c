using System.Globalization;
using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>Floats in a file may be anything. What a later step would refuse is refused where it is read, with its place.</summary>
internal static class SampleLimit
{
    /// <summary>
    /// Above all that can be meant: 32-bit whole numbers as floats go to 2e9. An MP3, every factor at its largest, reaches 2e12, which
    /// later steps take.
    /// </summary>
    private const float Largest = 1e12f;

    /// <param name="samples">Of one channel.</param>
    /// <param name="channel">Which one, from 0.</param>
    /// <param name="channelCount">Of how many.</param>
    /// <param name="firstFrame">The place of the first in the input, in samples a channel.</param>
    /// <exception cref="AudioFormatException">A sample is NaN, infinite or above 1e12.</exception>
    public static void Require(ReadOnlySpan<float> samples, int channel, int channelCount, long firstFrame)
    {
        if (Samples.FirstAbove(Largest, samples) is >= 0 and var index)
            throw new AudioFormatException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the sample of channel {channel + 1} of {channelCount} in frame {firstFrame + index} is {samples[index]}; numbers of "
                    + $"at most {Largest} are read (full scale is 1); find out what wrote the file, or convert it to whole numbers (PCM)"),
                frameIndex: firstFrame + index);
    }

    /// <summary>The waveform that a registered decoder gave, if it can be used.</summary>
    /// <exception cref="AudioFormatException">A sample is NaN, infinite or above 1e12.</exception>
    public static Waveform Checked(Waveform wave, TimeSpan offset)
    {
        for (var channel = 0; channel < wave.ChannelCount; channel++)
            Require(wave.Channel(channel), channel, wave.ChannelCount, (long)Math.Round(offset.TotalSeconds * wave.SampleRate));
        return wave;
    }
}
