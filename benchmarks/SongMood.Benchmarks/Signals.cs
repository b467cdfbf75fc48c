namespace SongMood.Benchmarks;

/// <summary>What the benchmarks listen to: a chord that moves, with noise, made anew each time from one seed.</summary>
internal static class Signals
{
    public static float[] Music(int sampleRate, double seconds)
    {
        var random = new Random(1);
        var samples = new float[(int)(sampleRate * seconds)];
        for (var n = 0; n < samples.Length; n++)
        {
            var t = (double)n / sampleRate;
            var root = 220 * Math.Pow(2, (int)t % 5 / 12.0);
            var chord = Math.Sin(2 * Math.PI * root * t) + Math.Sin(2 * Math.PI * 1.26 * root * t) + Math.Sin(2 * Math.PI * 1.5 * root * t);
            samples[n] = (float)(0.2 * chord * Math.Exp(-2 * (t % 0.5)) + 0.02 * (random.NextDouble() - 0.5));
        }

        return samples;
    }
}
