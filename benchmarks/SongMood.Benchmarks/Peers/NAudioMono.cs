using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace SongMood.Benchmarks.Peers;

/// <summary>NAudio's mixing to mono and its WDL resampler.</summary>
internal static class NAudioMono
{
    /// <summary>Stereo samples, interleaved, as mono at another rate; returns how many there are.</summary>
    public static int Convert(float[] interleaved, int count, int fromHz, int toHz, float[] mono)
    {
        var stereo = new Samples(interleaved, count, WaveFormat.CreateIeeeFloatWaveFormat(fromHz, 2));
        var resampled = new WdlResamplingSampleProvider(new StereoToMonoSampleProvider(stereo), toHz);
        var written = 0;
        while (resampled.Read(mono.AsSpan(written)) is > 0 and var read)
            written += read;
        return written;
    }

    private sealed class Samples(float[] samples, int count, WaveFormat format) : ISampleProvider
    {
        private int _place;

        public WaveFormat WaveFormat => format;

        public int Read(Span<float> buffer)
        {
            var read = Math.Min(buffer.Length, count - _place);
            samples.AsSpan(_place, read).CopyTo(buffer);
            _place += read;
            return read;
        }
    }
}
