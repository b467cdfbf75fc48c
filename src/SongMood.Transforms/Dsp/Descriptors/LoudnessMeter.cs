namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Programme loudness by ITU-R BS.1770-4 (K-weighting at any sample rate, 400 ms blocks every 100 ms, gates at -70 LUFS and 10 LU below
/// the rest), and loudness range by EBU Tech 3342 (3 s windows, gates at -70 LUFS and 20 LU below the rest, 10th to 95th percentile).
/// Owns its buffers, which grow with the longest signal seen: one a thread.
/// </summary>
/// <remarks>
/// A single channel is measured as a single channel: a 997 Hz tone at full scale in it gives -3.01 LUFS, the same in two channels 0.
/// Silence, and whatever else lies under the absolute gate, gives <see cref="FloorLufs"/>. A signal shorter than one block is measured
/// as one block.
/// </remarks>
/// <example><code>
/// var song = AudioFile.Read("song.mp3");
/// var meter = new LoudnessMeter(song.SampleRate);
/// meter.Measure(song.ToMono());
/// Console.WriteLine($"{meter.IntegratedLufs:0.0} LUFS, range {meter.RangeLu:0.0} LU");
/// </code></example>
public sealed class LoudnessMeter
{
    /// <summary>The absolute gate: no result is lower, LUFS.</summary>
    public const double FloorLufs = -70;

    private const int StepsPerSecond = 10, StepsPerBlock = 4, StepsPerShortTerm = 30;
    private const double IntegratedGateLu = 10, RangeGateLu = 20;
    private readonly KWeighting _filter;
    private double[] _energies = [], _windows = [], _sorted = [];
    private int[] _stepEnds = [];
    private float[] _momentary = [];
    private int _stepCount;

    /// <summary>Prepares the filters.</summary>
    /// <param name="sampleRate">Samples a second, 4000 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A lower sample rate.</exception>
    public LoudnessMeter(int sampleRate)
    {
        if (sampleRate < 4000)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, "Loudness needs a sample rate of at least 4000 Hz.");
        SampleRate = sampleRate;
        _filter = new KWeighting(sampleRate);
    }

    /// <summary>Samples a second of what is measured.</summary>
    public int SampleRate { get; }

    /// <summary>Integrated loudness of what was last measured, LUFS, <see cref="FloorLufs"/> and up.</summary>
    public double IntegratedLufs { get; private set; }

    /// <summary>Loudness range of what was last measured, LU, 0 and up; 0 where it is shorter than 3 s.</summary>
    public double RangeLu { get; private set; }

    /// <summary>Loudness of each 400 ms block, 100 ms apart, LUFS; valid until the next measurement.</summary>
    public ReadOnlySpan<float> MomentaryLufs => _momentary.AsSpan(0, Math.Max(1, _stepCount - StepsPerBlock + 1));

    /// <summary>Measures one channel.</summary>
    /// <param name="samples">Full scale = 1.</param>
    /// <exception cref="ArgumentException">A sample is not finite.</exception>
    public void Measure(ReadOnlySpan<float> samples)
    {
        Start(samples.Length);
        Add(samples, 1);
        Finish(samples.Length);
    }

    /// <summary>
    /// Measures channels together. Five are taken as left, right, centre and two surrounds, six as the same with the low-frequency
    /// channel, which does not count, in fourth place; surrounds weigh 1.41 (BS.1770-4, table 3). Any other number weigh 1 each.
    /// </summary>
    /// <param name="channels">As many samples in each.</param>
    /// <exception cref="ArgumentException">No channel, different lengths, or a sample is not finite.</exception>
    public void MeasureChannels(IReadOnlyList<float[]> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (channels.Count == 0 || channels.Any(channel => channel.Length != channels[0].Length))
            throw new ArgumentException($"The channels have {string.Join(", ", channels.Select(c => c.Length))} samples; "
                + "expected at least one channel, and as many samples in each.", nameof(channels));
        Start(channels[0].Length);
        for (var c = 0; c < channels.Count; c++)
            Add(channels[c], Weight(c, channels.Count));
        Finish(channels[0].Length);
    }

    private static double Weight(int channel, int count) => (count, channel) switch
    {
        (6, 3) => 0,
        (5, >= 3) or (6, >= 4) => 1.41,
        _ => 1,
    };

    private void Start(int sampleCount)
    {
        _stepCount = (int)((long)sampleCount * StepsPerSecond / SampleRate);
        var isShort = _stepCount < StepsPerBlock;
        if (isShort)
            _stepCount = 1;
        if (_energies.Length < _stepCount)
        {
            (_energies, _windows, _sorted) = (new double[_stepCount], new double[_stepCount], new double[_stepCount]);
            (_stepEnds, _momentary) = (new int[_stepCount], new float[_stepCount]);
        }
        Array.Clear(_energies);
        for (var step = 0; step < _stepCount; step++)
            _stepEnds[step] = isShort ? sampleCount : (int)((step + 1L) * SampleRate / StepsPerSecond);
    }

    private void Add(ReadOnlySpan<float> samples, double weight)
    {
        Samples.RequireFinite(samples);
        _filter.AddEnergies(samples, _stepEnds.AsSpan(0, _stepCount), weight, _energies);
    }

    private void Finish(int sampleCount)
    {
        var blocks = Windows(_stepCount == 1 ? 1 : StepsPerBlock, sampleCount);
        for (var i = 0; i < blocks.Length; i++)
            _momentary[i] = (float)Lufs(blocks[i]);
        IntegratedLufs = Lufs(GatedMean(blocks, Power(Lufs(GatedMean(blocks, Power(FloorLufs))) - IntegratedGateLu)));
        RangeLu = _stepCount < StepsPerShortTerm ? 0 : Range(Windows(StepsPerShortTerm, sampleCount));
    }

    private double Range(Span<double> windows)
    {
        var gate = Math.Max(Power(FloorLufs), Power(Lufs(GatedMean(windows, Power(FloorLufs))) - RangeGateLu));
        var count = 0;
        foreach (var power in windows)
            if (power > gate)
                _sorted[count++] = power;
        if (count == 0)
            return 0;
        var sorted = _sorted.AsSpan(0, count);
        sorted.Sort();
        return Lufs(sorted[(int)Math.Round(0.95 * (count - 1))]) - Lufs(sorted[(int)Math.Round(0.1 * (count - 1))]);
    }

    /// <summary>Mean square of every window of this many steps.</summary>
    private Span<double> Windows(int steps, int sampleCount)
    {
        var count = _stepCount - steps + 1;
        for (var i = 0; i < count; i++)
        {
            double sum = 0;
            for (var j = i; j < i + steps; j++)
                sum += _energies[j];
            var length = _stepCount == 1 ? sampleCount : _stepEnds[i + steps - 1] - (i == 0 ? 0 : _stepEnds[i - 1]);
            _windows[i] = length == 0 ? 0 : sum / length;
        }
        return _windows.AsSpan(0, count);
    }

    private static double GatedMean(ReadOnlySpan<double> powers, double gate)
    {
        var (sum, count) = (0.0, 0);
        foreach (var power in powers)
            if (power > gate)
                (sum, count) = (sum + power, count + 1);
        return count == 0 ? 0 : sum / count;
    }

    // BS.1770-4, equation 2: -0.691 makes the tone of 997 Hz come out right.
    private static double Lufs(double power) => Math.Max(FloorLufs, power > 0 ? -0.691 + 10 * Math.Log10(power) : FloorLufs);

    private static double Power(double lufs) => Math.Pow(10, (lufs + 0.691) / 10);
}
