namespace SongMood.Dsp;

/// <summary>Window functions, periodic (one sample short of symmetric), as scipy.signal.get_window(..., fftbins=True).</summary>
internal static class Window
{
    /// <summary>A window of a length of at least 1; one of length 1 is the number 1, whatever its kind.</summary>
    public static double[] Create(WindowKind kind, int length, double kaiserBeta = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var window = new double[length];
        for (var n = 0; n < length; n++)
            window[n] = length == 1 ? 1 : Value(kind, n, length, kaiserBeta);
        return window;
    }

    /// <summary>The window in the middle of a frame, zeros around it (librosa.util.pad_center), or at its start.</summary>
    public static double[] CreateInFrame(WindowKind kind, int length, int frameLength, double kaiserBeta = 0, bool atStart = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, frameLength);
        var frame = new double[frameLength];
        Create(kind, length, kaiserBeta).CopyTo(frame, atStart ? 0 : (frameLength - length) / 2);
        return frame;
    }

    /// <summary>The modified Bessel function of the first kind and order zero, by its power series (all terms positive).</summary>
    internal static double BesselI0(double x)
    {
        var quarter = x * x / 4;
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-17; k++)
            sum += term *= quarter / ((double)k * k);
        return sum;
    }

    private static double Value(WindowKind kind, int n, int length, double kaiserBeta)
    {
        switch (kind)
        {
            case WindowKind.Hann:
                return 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / length);
            case WindowKind.Hamming:
                return 0.54 - 0.46 * Math.Cos(2 * Math.PI * n / length);
            case WindowKind.Blackman:
                return 0.42 - 0.5 * Math.Cos(2 * Math.PI * n / length) + 0.08 * Math.Cos(4 * Math.PI * n / length);
            case WindowKind.Kaiser:
                var position = 2.0 * n / length - 1;
                return BesselI0(kaiserBeta * Math.Sqrt(Math.Max(0, 1 - position * position))) / BesselI0(kaiserBeta);
            case WindowKind.Rectangular:
                return 1;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown window");
        }
    }
}
