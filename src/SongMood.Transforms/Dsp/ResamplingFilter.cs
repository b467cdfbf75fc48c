namespace SongMood.Dsp;

/// <summary>
/// The band limit of a change of rate: a sinc under a Kaiser window, linear phase. Pass band to 0.9137 and stop band from 1.0 of the
/// lower rate's half are libsoxr's documented HQ quality; the window's reach and shape were fitted to its measured impulse response
/// (they agree to -134 dB), so that ends of a signal, which excite the transition band, agree too.
/// </summary>
internal static class ResamplingFilter
{
    private const double PassBandEnd = 0.9137436532733066;
    private const double StopBandStart = 1;
    private const double KaiserBeta = 13.04;

    /// <summary>How far the filter reaches to either side, in samples of the lower rate.</summary>
    public const int ReachLowerRateSamples = 97;

    /// <summary>
    /// Its gain at the bins 0 to length/2 of a transform, where the transform's rate is a multiple (at least 1) of the lower rate.
    /// </summary>
    public static unsafe double[] Response(int length, double rateMultiple)
    {
        const double cutoff = (PassBandEnd + StopBandStart) / 2;
        var reach = (int)(ReachLowerRateSamples * rateMultiple);
        var taps = new double[length];
        var sum = 0.0;
        for (var n = -reach; n <= reach; n++)
        {
            var t = n / rateMultiple;
            var z = t / ReachLowerRateSamples;
            var x = Math.PI * cutoff * t;
            var tap = (n == 0 ? 1 : Math.Sin(x) / x) * Window.BesselI0(KaiserBeta * Math.Sqrt(Math.Max(0, 1 - z * z)));
            taps[n < 0 ? n + length : n] += tap;
            sum += tap;
        }

        // The transform takes float frames under a double window: the taps as the window of a frame of ones keep their precision.
        for (var n = 0; n < length; n++)
            taps[n] /= sum;
        var fft = new RealFft(taps);
        var ones = new float[length];
        Array.Fill(ones, 1);
        var gain = new double[fft.BinCount];
        var imaginary = new double[fft.BinCount];
        fixed (float* frame = ones)
            fft.Transform(frame);
        fixed (double* re = gain, im = imaginary)
            fft.StoreSpectrum(re, im);
        return gain; // symmetric about 0, so the imaginary part is nothing
    }
}
