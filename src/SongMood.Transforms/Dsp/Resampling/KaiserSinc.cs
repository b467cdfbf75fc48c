namespace SongMood.Dsp;

/// <summary>
/// A low-pass filter in continuous time: a sinc under a Kaiser window, of unit gain at frequency 0. Its unit of time is one sample of
/// the lower of the two rates.
/// </summary>
internal sealed class KaiserSinc
{
    private const int PointsPerSample = 16; // the filters end below 3 cycles a sample, so sums stand for integrals
    private readonly double _cutoff, _beta, _scale;
    private readonly double[] _points; // half of it, PointsPerSample a sample, the first halved

    /// <param name="cutoff">In cycles a sample: 0.5 is half the lower rate.</param>
    /// <param name="reach">Half its length.</param>
    /// <param name="beta">The window's shape.</param>
    public KaiserSinc(double cutoff, double reach, double beta)
    {
        (_cutoff, Reach, _beta, _scale) = (cutoff, reach, beta, 1);
        _points = [.. Enumerable.Range(0, (int)(reach * PointsPerSample) + 1).Select(n => At((double)n / PointsPerSample))];
        _points[0] /= 2;
        _scale = 1 / Gain(0);
    }

    public double Reach { get; }

    public double At(double t)
    {
        if (Math.Abs(t) > Reach)
            return 0;
        var (x, z) = (2 * Math.PI * _cutoff * t, t / Reach);
        return _scale * (x == 0 ? 1 : Math.Sin(x) / x) * Window.BesselI0(_beta * Math.Sqrt(1 - z * z));
    }

    /// <summary>The gain at a frequency in cycles a sample, by its Fourier integral. For short filters; slow.</summary>
    public double Gain(double frequency)
    {
        var sum = 0.0;
        for (var n = 0; n < _points.Length; n++)
            sum += _points[n] * Math.Cos(2 * Math.PI * frequency * n / PointsPerSample);
        return _scale * 2 * sum / PointsPerSample;
    }

    /// <summary>
    /// The gain at the bins 0 to length/2 of a transform whose rate is a multiple (at least 1) of the lower rate. For long filters.
    /// </summary>
    public unsafe double[] Gains(int length, double rateMultiple)
    {
        // The transform takes float frames under a double window: as the window of a frame of ones the taps keep their precision.
        var taps = new double[length];
        var last = (int)(Reach * rateMultiple);
        for (var n = -last; n <= last; n++)
            taps[n < 0 ? n + length : n] += At(n / rateMultiple) / rateMultiple;
        var fft = new RealFft(taps);
        var gain = new double[fft.BinCount];
        var imaginary = new double[fft.BinCount]; // nothing, as the taps are symmetric
        var ones = new float[length];
        Array.Fill(ones, 1);
        fixed (float* frame = ones)
            fft.Transform(frame);
        fixed (double* re = gain, im = imaginary)
            fft.StoreSpectrum(re, im);
        return gain;
    }
}
