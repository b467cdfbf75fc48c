using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>
/// A change of sample rate for many signals: the reusable form of <see cref="Resampler"/>. Not thread-safe: it owns its buffers, and
/// <see cref="Convert"/> allocates nothing.
/// </summary>
/// <remarks>
/// Works a block at a time in the frequency domain (overlap-save): a transform of N inputs, the filter's gain, and the inverse
/// transform of N to/from bins, which any rational ratio allows because the transforms take any length. Of the filter's stop band, from
/// half the lower rate on and below -120 dB, nothing is computed.
/// </remarks>
public sealed unsafe class RateConverter
{
    private const int GoodBlock = 4096; // samples at the higher rate: longer blocks leave the cache, shorter ones overlap more
    private readonly int _fromParts, _toParts; // the ratio in lowest terms
    private readonly RealFft? _forward;
    private readonly InverseRealFft? _inverse;
    private readonly int _overlapIn, _overlapOut, _stepIn, _stepOut, _passBins;
    private readonly double[] _gain = [];
    private readonly AlignedBuffer? _real, _imaginary;
    private readonly float[] _edgeIn = [], _blockOut = [];
    private readonly StartTransient[] _starts = [];

    /// <summary>Prepares the filter.</summary>
    /// <param name="fromHz">The signal's rate, 1 to 1,000,000 Hz.</param>
    /// <param name="toHz">The wanted rate, 1 to 1,000,000 Hz.</param>
    public RateConverter(int fromHz, int toHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromHz, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromHz, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(toHz, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toHz, 1_000_000);
        (FromHz, ToHz) = (fromHz, toHz);
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(fromHz, toHz);
        (_fromParts, _toParts) = (fromHz / divisor, toHz / divisor);
        if (fromHz == toHz)
            return;

        // Everything in whole periods of the ratio (fromParts inputs, toParts outputs), an even number of them so that the
        // transforms and what is kept of them have even lengths.
        var filter = new ResamplingFilter(_fromParts, _toParts);
        var reachIn = Math.Ceiling(filter.Reach * Math.Max(1, (double)fromHz / toHz)) + 1;
        var overlap = 2 * (int)Math.Ceiling(reachIn / (2.0 * _fromParts));
        var periods = 2;
        while (periods < 4 * overlap || (long)periods * Math.Max(_fromParts, _toParts) < GoodBlock)
            periods *= 2;
        var (lengthIn, lengthOut) = (checked(periods * _fromParts), checked(periods * _toParts));
        (_overlapIn, _overlapOut) = (overlap * _fromParts, overlap * _toParts);
        (_stepIn, _stepOut) = (lengthIn - 2 * _overlapIn, lengthOut - 2 * _overlapOut);

        var ones = new double[lengthIn];
        Array.Fill(ones, 1);
        _forward = new RealFft(ones);
        _inverse = new InverseRealFft(lengthOut);
        _passBins = Math.Min(lengthIn, lengthOut) / 2;
        _gain = filter.Gains(Math.Max(lengthIn, lengthOut), Math.Max((double)fromHz / toHz, (double)toHz / fromHz))[.._passBins];
        for (var k = 0; k < _gain.Length; k++)
            _gain[k] /= lengthIn; // the inverse transform is unscaled
        _real = new AlignedBuffer(Math.Max(lengthIn, lengthOut) / 2 + 1);
        _imaginary = new AlignedBuffer(Math.Max(lengthIn, lengthOut) / 2 + 1);
        _edgeIn = new float[lengthIn];
        _blockOut = new float[_stepOut];
        var (fromRate, toRate) = (Math.Max(1, (double)fromHz / toHz), Math.Max(1, (double)toHz / fromHz));
        _starts = [.. filter.Pairs.Select(p => new StartTransient(p, fromRate, toRate))];
    }

    /// <summary>The signal's rate.</summary>
    public int FromHz { get; }

    /// <summary>The wanted rate.</summary>
    public int ToHz { get; }

    /// <summary>Samples that come of so many: the product with to/from, rounded up, as librosa.resample.</summary>
    public int OutputLength(int sampleCount) => OutputLength(sampleCount, FromHz, ToHz);

    /// <summary>The same without the tables of a converter.</summary>
    internal static int OutputLength(int sampleCount, int fromHz, int toHz)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
        return fromHz == toHz ? sampleCount : checked((int)Math.Ceiling(sampleCount * ((double)toHz / fromHz)));
    }

    /// <summary>
    /// Converts a whole signal; zeros are taken to lie before and after it. As in librosa, whose resampler rounds the length to the
    /// nearest and which then pads, the last sample is 0 where the product with to/from has a fraction below one half.
    /// </summary>
    /// <param name="samples">The signal.</param>
    /// <param name="target">Exactly <see cref="OutputLength(int)"/> samples, not overlapping the signal.</param>
    /// <exception cref="ArgumentException">A sample is not finite (its index is named), or the target has another length.</exception>
    public void Convert(ReadOnlySpan<float> samples, Span<float> target)
    {
        Samples.RequireLength(target.Length, 1, OutputLength(samples.Length), nameof(target));
        Samples.RequireFinite(samples);
        if (_forward is null)
        {
            samples.CopyTo(target);
            return;
        }

        var nearest = (int)Math.Min(Math.Floor(samples.Length / ((double)FromHz / ToHz) + 0.5), target.Length);
        target[nearest..].Clear();
        target = target[..nearest];
        var whole = target;
        for (var start = -_overlapIn; !target.IsEmpty; start += _stepIn)
        {
            Transform(samples, start);
            var count = Math.Min(_stepOut, target.Length);
            if (count == _stepOut)
                fixed (float* to = target)
                    _inverse!.StorePairs(to, _overlapOut / 2, _stepOut / 2);
            else
                fixed (float* to = _blockOut)
                {
                    _inverse!.StorePairs(to, _overlapOut / 2, _stepOut / 2);
                    _blockOut.AsSpan(0, count).CopyTo(target);
                }

            target = target[count..];
        }

        foreach (var start in _starts)
            start.Apply(samples, whole);
    }

    private void Transform(ReadOnlySpan<float> samples, int start)
    {
        if (start >= 0 && start + _edgeIn.Length <= samples.Length)
            fixed (float* inside = samples)
                _forward!.Transform(inside + start);
        else
        {
            _edgeIn.AsSpan().Clear();
            var from = Math.Max(start, 0);
            if (from < samples.Length)
                samples[from..Math.Min(start + _edgeIn.Length, samples.Length)].CopyTo(_edgeIn.AsSpan(from - start));
            fixed (float* edge = _edgeIn)
                _forward!.Transform(edge);
        }

        var real = new Span<double>(_real!.Pointer, _passBins + 1);
        var imaginary = new Span<double>(_imaginary!.Pointer, _passBins + 1);
        _forward.StoreSpectrum(_real.Pointer, _imaginary.Pointer);
        TensorPrimitives.Multiply(real[.._passBins], _gain, real[.._passBins]);
        TensorPrimitives.Multiply(imaginary[.._passBins], _gain, imaginary[.._passBins]);
        // The lower rate's half lies in the stop band. Bins above it: not read when the rate falls, never written when it rises.
        (real[_passBins], imaginary[_passBins]) = (0, 0);
        _inverse!.Transform(_real.Pointer, _imaginary.Pointer);
    }
}
