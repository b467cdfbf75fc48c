using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>A perfect metronome at 22,050 Hz.</summary>
internal static class ClickTrack
{
    private const double LowPassHz = 1000;
    private const int LowPassReach = 400; // samples

    /// <param name="kind">What sounds at each beat: "impulse", "sine" (1 kHz, fading), "tone" (0.1 s, 880 Hz), "noise", or "dull", an
    /// impulse behind a low-pass filter of 1 kHz.</param>
    public static float[] Create(string kind, double bpm, int sampleRate, double seconds, double offsetSeconds)
    {
        var samples = new float[(int)(sampleRate * seconds)];
        var random = new Random(1);
        for (var beat = 0; offsetSeconds + beat * 60 / bpm < seconds; beat++)
        {
            var start = (int)Math.Round((offsetSeconds + beat * 60 / bpm) * sampleRate);
            var from = kind == "dull" ? -LowPassReach : 0;
            for (var k = from; k < 0.1 * sampleRate; k++)
                if (start + k >= 0 && start + k < samples.Length)
                    samples[start + k] += (float)(0.8 * Click(kind, k, (double)k / sampleRate, random));
        }

        return sampleRate == 22_050 ? samples : Resampler.Resample(samples, sampleRate, 22_050);
    }

    private static double Click(string kind, int k, double t, Random random) => kind switch
    {
        "impulse" => k == 0 ? 1 : 0,
        "sine" => Math.Exp(-t / 0.005) * Math.Sin(2 * Math.PI * 1000 * t),
        "tone" => Math.Sin(2 * Math.PI * 880 * t),
        "noise" => Math.Exp(-t / 0.008) * (random.NextDouble() * 2 - 1),
        "dull" when k > LowPassReach => 0,
        "dull" => (k == 0 ? 1 : Math.Sin(2 * Math.PI * LowPassHz * t) / (2 * Math.PI * LowPassHz * t))
            * (0.42 + 0.5 * Math.Cos(Math.PI * k / LowPassReach) + 0.08 * Math.Cos(2 * Math.PI * k / LowPassReach)), // Blackman
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
