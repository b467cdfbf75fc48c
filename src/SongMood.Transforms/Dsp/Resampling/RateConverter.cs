namespace SongMood.Dsp;

/// <summary>
/// A change of sample rate for many signals: the reusable form of <see cref="Resampler"/>. Not thread-safe: it owns its buffers, and
/// <see cref="Convert"/> allocates nothing.
/// </summary>
/// <remarks>
/// Works a block at a time in the frequency domain (overlap-save): a transform of N inputs, the filter's gain, and the inverse
/// transform of N to/from bins, which any rational ratio allows because the transforms take any length. Where the two rates have so
/// little in common that such a block would be too long, the signal goes by a power of two to a rate of two to four times the lower one,
/// filtered as well, and its values at the wanted times are found between the samples there. So the tables are small for every ratio.
/// </remarks>
/// <example><code>
/// var song = AudioFile.Read("song.mp3").ToMono();
/// var converter = new RateConverter(fromHz: 44100, toHz: 22050); // once, for many songs
/// var converted = new float[converter.OutputLength(song.Length)];
/// converter.Convert(song, converted);
/// </code></example>
public sealed class RateConverter
{
    private const int SmallBlock = 1 << 14;
    private readonly BlockPlan _plan;
    private readonly BlockFilter? _filter; // null where the rates are the same
    private readonly BetweenSamples? _between; // null where the blocks have the ratio exactly
    private readonly float[] _blockOut = [];
    private readonly StartTransient[] _starts = [];

    /// <summary>Prepares the filter.</summary>
    /// <param name="fromHz">The signal's rate, 1000 to 768,000 Hz.</param>
    /// <param name="toHz">The wanted rate, 1000 to 768,000 Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range; it is named.</exception>
    public RateConverter(int fromHz, int toHz)
    {
        SampleRates.Require(fromHz, nameof(fromHz));
        SampleRates.Require(toHz, nameof(toHz));
        (FromHz, ToHz) = (fromHz, toHz);
        if (fromHz == toHz)
            return;

        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(fromHz, toHz);
        var (fromParts, toParts) = (fromHz / divisor, toHz / divisor);
        var filter = new ResamplingFilter(fromParts, toParts);
        var (fromRate, toRate) = (Math.Max(1, (double)fromHz / toHz), Math.Max(1, (double)toHz / fromHz)); // over the lower one
        var reachIn = Math.Ceiling(filter.Reach * fromRate) + 1;
        int passBins;
        if (BlockPlan.Exact(fromParts, toParts, reachIn) is { } exact)
        {
            _plan = exact;
            passBins = Math.Min(exact.LengthIn, exact.LengthOut) / 2; // up to half the lower rate, where the stop band begins
        }
        else
        {
            _plan = BlockPlan.Near((double)fromHz / toHz, reachIn, BetweenSamples.Margin);
            passBins = (int)Math.Ceiling(_plan.LengthIn / (2 * fromRate));
            _between = new BetweenSamples((long)fromParts * _plan.LengthOut, (long)toParts * _plan.LengthIn);
        }

        var higherLength = Math.Max(_plan.LengthIn, _plan.LengthOut);
        _filter = new BlockFilter(_plan, filter.Gains(higherLength, higherLength * fromRate / _plan.LengthIn).AsSpan(0, passBins));
        _blockOut = new float[_plan.StepOut + (_between is null ? 0 : 2 * BetweenSamples.Margin)];
        _starts = [.. filter.Pairs.Select(p => new StartTransient(p, fromRate, toRate))];
    }

    /// <summary>The signal's rate.</summary>
    public int FromHz { get; }

    /// <summary>The wanted rate.</summary>
    public int ToHz { get; }

    /// <summary>Whether the tables are small enough (5 MB) to be kept in case they are needed again.</summary>
    internal bool IsSmall => Math.Max(_plan.LengthIn, _plan.LengthOut) <= SmallBlock;

    /// <summary>
    /// How <see cref="ConvertBlock"/> goes through a signal: so many inputs a block, which overlap so many with the blocks beside them,
    /// from one block to the next so many further on, for at most so many outputs. All 0 where the rates are the same.
    /// </summary>
    internal (int In, int Overlap, int Step, int MostOut) Block => (_plan.LengthIn, _plan.OverlapIn, _plan.StepIn, _blockOut.Length);

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
    /// <param name="cancellationToken">Ends the work within a block; the target is then filled in part.</param>
    /// <exception cref="ArgumentException">
    /// A sample is not finite or above 1e14 (its index is named), or the target has another length.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Convert(ReadOnlySpan<float> samples, Span<float> target, CancellationToken cancellationToken = default)
    {
        Samples.RequireLength(target.Length, 1, OutputLength(samples.Length), nameof(target));
        Samples.RequireFinite(samples);
        if (_filter is null)
        {
            samples.CopyTo(target);
            return;
        }

        var nearest = (int)Math.Min(Math.Floor(samples.Length / ((double)FromHz / ToHz) + 0.5), target.Length);
        target[nearest..].Clear();
        target = target[..nearest];
        var whole = target;
        var time = default(BetweenSamples.Time);
        for (var start = -_plan.OverlapIn; !target.IsEmpty; start += _plan.StepIn)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _filter.Run(samples, start);
            target = target[(_between is null ? StoreExact(target) : StoreBetween(start, ref time, target))..];
        }

        CorrectStart(samples, whole);
    }

    /// <summary>Converts one block of a signal that is not in memory as a whole, just as <see cref="Convert"/> does.</summary>
    /// <param name="inputs">The block, which begins with the overlap; zeros stand for what lies before and after the signal.</param>
    /// <param name="index">The block's number, from 0.</param>
    /// <param name="time">What one block hands to the next.</param>
    /// <param name="target">For what comes of it.</param>
    /// <returns>How many samples came of it.</returns>
    internal int ConvertBlock(ReadOnlySpan<float> inputs, long index, ref BetweenSamples.Time time, Span<float> target)
    {
        _filter!.Run(inputs, 0);
        return _between is null ? StoreExact(target) : StoreBetween(index * _plan.StepIn - _plan.OverlapIn, ref time, target);
    }

    /// <summary>What <see cref="Convert"/> does last: it takes from the first outputs what does not sound there.</summary>
    internal void CorrectStart(ReadOnlySpan<float> firstSamples, Span<float> firstOutputs)
    {
        foreach (var start in _starts)
            start.Apply(firstSamples, firstOutputs);
    }

    private int StoreExact(Span<float> target)
    {
        var count = Math.Min(_plan.StepOut, target.Length);
        if (count == _plan.StepOut)
            _filter!.Store(target[..count], _plan.OverlapOut);
        else
        {
            _filter!.Store(_blockOut, _plan.OverlapOut);
            _blockOut.AsSpan(0, count).CopyTo(target);
        }

        return count;
    }

    private int StoreBetween(long start, ref BetweenSamples.Time time, Span<float> target)
    {
        _filter!.Store(_blockOut, _plan.OverlapOut - BetweenSamples.Margin);
        return _between!.Fill(_blockOut, (start + _plan.OverlapIn) * _plan.LengthOut / _plan.LengthIn, ref time, target);
    }
}
