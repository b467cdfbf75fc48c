namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Beats by dynamic programming: the sequence of frames with the largest onset strength whose distances stay near the tempo's period
/// (Ellis, "Beat tracking by dynamic programming", J. New Music Research 36(1), 2007; with the settings of librosa.beat.beat_track:
/// tightness 100, weak beats at both ends dropped). Owns its buffers: one a thread.
/// </summary>
internal sealed class BeatTracker
{
    private const double Tightness = 100;
    private double[] _local = [], _total = [], _pulse = [];
    private int[] _previous = [], _beats = [];
    private double[] _transition = [];
    private double[] _maxima = [];

    /// <summary>The beats' frames in order; valid until the next call.</summary>
    public ReadOnlySpan<int> Track(ReadOnlySpan<float> onsetStrength, double bpm)
    {
        var period = bpm > 0 ? (int)Math.Round(60 * FrameAnalysis.FramesPerSecond / bpm) : 0;
        var deviation = SampleDeviation(onsetStrength);
        if (period < 1 || !(deviation > 0))
            return [];
        Reserve(onsetStrength.Length, period);
        SmoothOnsets(onsetStrength, deviation, period);
        Accumulate(onsetStrength.Length, period);
        return DropWeakEnds(TraceBack(onsetStrength.Length), onsetStrength.Length);
    }

    /// <summary>Onset strength in standard deviations, under a Gaussian 1/32 of the period wide.</summary>
    private void SmoothOnsets(ReadOnlySpan<float> onsetStrength, double deviation, int period)
    {
        for (var i = 0; i <= period; i++)
            _pulse[i] = Math.Exp(-0.5 * Math.Pow(i * 32.0 / period, 2)) / deviation;
        for (var t = 0; t < onsetStrength.Length; t++)
        {
            double sum = 0;
            for (var i = Math.Max(-period, -t); i <= period && t + i < onsetStrength.Length; i++)
                sum += onsetStrength[t + i] * _pulse[Math.Abs(i)];
            _local[t] = sum;
        }
    }

    /// <summary>The best total that ends in each frame, and the beat before it.</summary>
    private void Accumulate(int frameCount, int period)
    {
        for (var distance = 1; distance <= 2 * period; distance++)
            _transition[distance] = -Tightness * Math.Pow(Math.Log((double)distance / period), 2);
        var nearest = (int)Math.Round(period / 2.0);
        var audible = 0.01 * System.Numerics.Tensors.TensorPrimitives.Max<double>(_local.AsSpan(0, frameCount));
        var started = false;
        for (var t = 0; t < frameCount; t++)
        {
            var (best, from) = (double.NegativeInfinity, -1);
            for (var distance = Math.Max(1, nearest); distance <= 2 * period && distance <= t; distance++)
                if (_total[t - distance] + _transition[distance] > best)
                    (best, from) = (_total[t - distance] + _transition[distance], t - distance);
            _total[t] = _local[t] + (from < 0 ? 0 : best);
            started |= _local[t] >= audible; // before the first sound no beat leads to another
            _previous[t] = started ? from : -1;
        }
    }

    /// <summary>Back from the last frame whose total is a local maximum of at least half their median.</summary>
    private ReadOnlySpan<int> TraceBack(int frameCount)
    {
        var count = 0;
        for (var t = 1; t < frameCount; t++)
            if (IsMaximum(t, frameCount))
                _maxima[count++] = _total[t];
        if (count == 0)
            return [];
        var sorted = _maxima.AsSpan(0, count);
        sorted.Sort();
        var least = (sorted[(count - 1) / 2] + sorted[count / 2]) / 4;
        var last = frameCount - 1;
        while (last > 0 && !(IsMaximum(last, frameCount) && _total[last] >= least))
            last--;
        var at = frameCount;
        for (var beat = last; beat >= 0; beat = _previous[beat])
            _beats[--at] = beat;
        return _beats.AsSpan(at, frameCount - at);
    }

    private ReadOnlySpan<int> DropWeakEnds(ReadOnlySpan<int> beats, int frameCount)
    {
        if (beats.IsEmpty)
            return beats;
        // Local scores at the beats under a five-point Hann window (0, 1/2, 1, 1/2, 0); half their root mean square is the limit.
        double squares = 0;
        for (var i = 0; i < beats.Length; i++)
        {
            var smooth = _local[beats[i]] + (i > 0 ? 0.5 * _local[beats[i - 1]] : 0)
            + (i + 1 < beats.Length ? 0.5 * _local[beats[i + 1]] : 0);
            squares += smooth * smooth;
        }
        var limit = 0.5 * Math.Sqrt(squares / beats.Length);
        var (first, last) = (0, frameCount - 1);
        while (first < frameCount && _local[first] <= limit)
            first++;
        while (last >= 0 && _local[last] <= limit)
            last--;
        var (from, to) = (0, beats.Length);
        while (from < to && beats[from] < first)
            from++;
        while (to > from && beats[to - 1] > last)
            to--;
        return beats[from..to];
    }

    private bool IsMaximum(int t, int frameCount) =>
        t > 0 && _total[t] > _total[t - 1] && (t + 1 == frameCount || _total[t] >= _total[t + 1]);

    private void Reserve(int frameCount, int period)
    {
        if (_local.Length < frameCount)
        {
            (_local, _total, _maxima) = (new double[frameCount], new double[frameCount], new double[frameCount]);
            (_previous, _beats) = (new int[frameCount], new int[frameCount]);
        }
        if (_transition.Length < 2 * period + 1)
            (_transition, _pulse) = (new double[2 * period + 1], new double[2 * period + 1]);
    }

    private static double SampleDeviation(ReadOnlySpan<float> values)
    {
        if (values.Length < 2)
            return 0;
        double mean = 0, squares = 0;
        foreach (var value in values)
            mean += value;
        mean /= values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
