namespace SongMood.Tests.Prediction;

/// <summary>
/// Voice made of glottal pulses and three formants: syllables of uneven lengths, about four a second, and pauses between words.
/// </summary>
internal static class SpeechLikeSound
{
    private static readonly double[][] Vowels = // Hz
        [[730, 1090, 2440], [270, 2290, 3010], [530, 1840, 2480], [300, 870, 2240], [570, 840, 2410]];

    /// <summary>Samples that last as long as asked; where they are sung, every syllable has one length and nothing falls silent.</summary>
    public static float[] Make(double seconds, int rate, bool sung = false)
    {
        var random = new Random(5);
        var samples = new float[(int)(seconds * rate)];
        var state = new double[6];
        var (at, pulse) = (0, 0.0);
        while (at < samples.Length)
        {
            var vowel = Vowels[random.Next(Vowels.Length)];
            var pause = sung ? 0
                : random.NextDouble() < 0.25 ? 0.1 + 0.3 * random.NextDouble()
                : 0.03 + 0.05 * random.NextDouble();
            var length = (int)((sung ? 0.25 : 0.1 + 0.2 * random.NextDouble()) * rate);
            var (loud, pitch) = (sung ? 1 : 0.4 + 0.6 * random.NextDouble(), 110 + 40 * random.NextDouble());
            for (var i = 0; i < length + (int)(pause * rate) && at < samples.Length; i++, at++)
            {
                var envelope = sung ? 0.8 + 0.2 * Math.Sin(Math.PI * i / length) : i < length ? Math.Sin(Math.PI * i / length) : 0;
                pulse += pitch / rate;
                var value = pulse >= 1 ? envelope * loud : 0;
                pulse -= Math.Floor(pulse);
                for (var formant = 0; formant < 3; formant++)
                    value = Resonate(value, vowel[formant], 90, rate, state.AsSpan(2 * formant, 2));
                samples[at] = (float)value;
            }
        }
        var peak = samples.Max(Math.Abs);
        return [.. samples.Select(sample => 0.6f * sample / peak)];
    }

    /// <summary>
    /// A resonance of one formant, with unit gain at 0 Hz (Klatt 1980, "Software for a cascade/parallel formant synthesizer").
    /// </summary>
    private static double Resonate(double input, double hz, double bandwidth, int rate, Span<double> last)
    {
        var c = -Math.Exp(-2 * Math.PI * bandwidth / rate);
        var b = 2 * Math.Exp(-Math.PI * bandwidth / rate) * Math.Cos(2 * Math.PI * hz / rate);
        var output = (1 - b - c) * input + b * last[0] + c * last[1];
        (last[0], last[1]) = (output, last[0]);
        return output;
    }
}
