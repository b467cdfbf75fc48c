using SongMood.Audio.Mp3;

namespace SongMood.Formats.Tests;

/// <summary>
/// The least encoder of MPEG-1 Layer I (ISO/IEC 11172-3, 2.4.1.5 and annex C), since no program at hand writes it: the polyphase analysis,
/// then so many bits for each of the lowest subbands, always the same.
/// </summary>
internal static class LayerOneEncoder
{
    private const int Subbands = 32, SlotsAFrame = 12, Bits = 6;

    // 2.4.2.3, sampling_frequency
    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    // Table B.1: 2 to 2^(-20)
    private static readonly double[] ScaleFactors = [.. Enumerable.Range(0, 63).Select(i => 2 * Math.Pow(2, -i / 3.0))];

    /// <summary>Encodes whole frames of 384 samples, at a rate that needs no padding.</summary>
    /// <param name="channels">One or two.</param>
    /// <param name="rate">48 or 32 kHz.</param>
    /// <param name="bitRateIndex">1 to 14: times 32 kb/s.</param>
    /// <param name="codedSubbands">The lowest ones that have bits.</param>
    public static byte[] Encode(double[][] channels, int rate, int bitRateIndex, int codedSubbands)
    {
        var slots = channels.Select(Analyse).ToArray();
        var length = 4 * (12 * 32_000 * bitRateIndex / rate);
        var frames = new List<byte>();
        for (var first = 0; first + SlotsAFrame <= slots[0].Length; first += SlotsAFrame)
        {
            var frame = new FrameBits(length);
            frame.Write(0xFFF, 12);
            frame.Write(0b1_11_1, 4); // MPEG-1, Layer I, no checksum
            frame.Write(bitRateIndex, 4);
            frame.Write(Array.IndexOf(Rates, rate), 2);
            frame.Write(0, 2); // no padding, a private bit
            frame.Write(channels.Length == 1 ? 3 : 0, 2);
            frame.Write(0, 6);
            WriteAudio(frame, slots, first, codedSubbands);
            frames.AddRange(frame.Bytes);
        }

        return [.. frames];
    }

    // 2.4.1.5: bit allocation, scale factors, samples; in each the subbands in turn, and in each of those the channels.
    private static void WriteAudio(FrameBits frame, double[][][] slots, int first, int codedSubbands)
    {
        for (var subband = 0; subband < Subbands; subband++)
            foreach (var _ in slots)
                frame.Write(subband < codedSubbands ? Bits - 1 : 0, 4);
        var factors = slots.Select(channel => Enumerable.Range(0, codedSubbands)
            .Select(subband => FactorOf(Enumerable.Range(first, SlotsAFrame).Max(slot => Math.Abs(channel[slot][subband])))).ToArray())
            .ToArray();
        for (var subband = 0; subband < codedSubbands; subband++)
            foreach (var channel in factors)
                frame.Write(channel[subband], 6);
        for (var slot = first; slot < first + SlotsAFrame; slot++)
            for (var subband = 0; subband < codedSubbands; subband++)
                for (var channel = 0; channel < slots.Length; channel++)
                    frame.Write(Quantise(slots[channel][slot][subband] / ScaleFactors[factors[channel][subband]]), Bits);
    }

    // The smallest factor that is above all samples.
    private static int FactorOf(double largest) => Array.FindLastIndex(ScaleFactors, factor => factor > largest);

    // 2.4.3.2.2 the other way round: codes 0 to 2^bits - 2 stand for as many steps from -1 to 1.
    private static int Quantise(double value)
    {
        const int steps = (1 << Bits) - 1;
        return (int)Math.Clamp(Math.Round(value * steps / 2) + (1 << (Bits - 1)) - 1, 0, steps - 1);
    }

    // Annex C.1.3: every 32 samples, the last 512 under the window are folded into 64, and these go through the cosines.
    private static double[][] Analyse(double[] samples) =>
    [
        .. Enumerable.Range(1, samples.Length / Subbands).Select(slot =>
        {
            var folded = new double[64];
            for (var i = 0; i < 512; i++)
                if (Subbands * slot - 1 - i is >= 0 and var at)
                    folded[i % 64] += AnalysisWindow(i) * samples[at];
            return Enumerable.Range(0, Subbands).Select(k =>
                Enumerable.Range(0, 64).Sum(i => Math.Cos((2 * k + 1) * (i - 16) * Math.PI / 64) * folded[i])).ToArray();
        }),
    ];

    // Table C.1 is the synthesis window over 32.
    private static double AnalysisWindow(int i) => SynthesisWindow.Coefficients[i] / 32;

    private sealed class FrameBits(int length)
    {
        private int _position;

        public byte[] Bytes { get; } = new byte[length];

        public void Write(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--, _position++)
                Bytes[_position / 8] |= (byte)((value >> bit & 1) << (7 - _position % 8));
        }
    }
}
