namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class RhythmGroup() : DescriptorGroup(DescriptorGroups.Rhythm, DescriptorNames.Rhythm)
{
    private static readonly double[] PulseEdgesBpm = [40, 60, 80, 100, 120, 145, 180, 240, 400];
    private static readonly int[] FluxEdges = [0, 16, 40, 72, 104, 128]; // mel bands: about 400, 1100, 2700, 6000 Hz
    private readonly PulseAnalysis _pulse = new();
    private readonly Matrix _flux = new(1);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var frames = song.Frames;
        _pulse.Run(frames);
        var seconds = (double)samples.Length / FrameAnalysis.SampleRate;
        var (mean, deviation) = Summary.MeanAndDeviation(_pulse.Onsets);
        slots.Add(_pulse.RefinedTempoBpm);
        slots.Add(_pulse.TempoLag > 0 ? Math.Log2(_pulse.RefinedTempoBpm) : 0);
        slots.Add(_pulse.TempoLag == 0 ? 0 : _pulse.Autocorrelation[_pulse.TempoLag]);
        slots.Add(Clarity(_pulse.Autocorrelation));
        slots.Add(_pulse.Beats.Length / seconds);
        slots.Add(BeatStrength(_pulse.Onsets, _pulse.Beats, mean));
        slots.Add(Regularity(_pulse.Beats));
        slots.Add(CountOnsets(_pulse.Onsets, mean + deviation) / seconds);
        slots.Add(Peakiness(_pulse.Onsets, mean, deviation));
        for (var i = 0; i + 1 < PulseEdgesBpm.Length; i++)
            slots.Add(StrongestPulse(PulseEdgesBpm[i], PulseEdgesBpm[i + 1]));
        slots.AddSeries(_pulse.Onsets);
        _flux.Resize(frames.FrameCount);
        for (var i = 0; i + 1 < FluxEdges.Length; i++)
        {
            OnsetStrength.Mean(frames.MelDecibels, FluxEdges[i], FluxEdges[i + 1], _flux.Values);
            slots.AddSeries(_flux.Values);
        }
    }

    /// <summary>The largest autocorrelation at any beat period from 40 to 240 a minute above its mean there.</summary>
    private static double Clarity(ReadOnlySpan<float> autocorrelation)
    {
        double max = 0, sum = 0;
        var count = 0;
        for (var lag = 1; lag < autocorrelation.Length; lag++)
            if (Tempo.BpmOfLag(lag) is >= 40 and <= 240)
                (max, sum, count) = (Math.Max(max, autocorrelation[lag]), sum + autocorrelation[lag], count + 1);
        return max - sum / count;
    }

    /// <summary>Mean onset strength at the beats over the mean of all frames.</summary>
    private static double BeatStrength(ReadOnlySpan<float> onsets, ReadOnlySpan<int> beats, double mean)
    {
        double sum = 0;
        foreach (var beat in beats)
            sum += onsets[beat];
        return beats.IsEmpty || mean <= 0 ? 0 : sum / beats.Length / mean;
    }

    /// <summary>1 - deviation over mean of the distances between beats, 0 at least.</summary>
    private static double Regularity(ReadOnlySpan<int> beats)
    {
        if (beats.Length < 3)
            return 0;
        double mean = (double)(beats[^1] - beats[0]) / (beats.Length - 1), squares = 0;
        for (var i = 1; i < beats.Length; i++)
            squares += Math.Pow(beats[i] - beats[i - 1] - mean, 2);
        return Math.Max(0, 1 - Math.Sqrt(squares / (beats.Length - 1)) / mean);
    }

    /// <summary>Local maxima above the limit.</summary>
    private static int CountOnsets(ReadOnlySpan<float> onsets, double limit)
    {
        var count = 0;
        for (var t = 1; t + 1 < onsets.Length; t++)
            if (onsets[t] > limit && onsets[t] > onsets[t - 1] && onsets[t] >= onsets[t + 1])
                count++;
        return count;
    }

    /// <summary>Skewness: high where a few strong onsets stand out.</summary>
    private static double Peakiness(ReadOnlySpan<float> onsets, double mean, double deviation)
    {
        double cubes = 0;
        foreach (var onset in onsets)
            cubes += Math.Pow(onset - mean, 3);
        return deviation <= 1e-9 ? 0 : cubes / onsets.Length / Math.Pow(deviation, 3);
    }

    private double StrongestPulse(double fromBpm, double toBpm)
    {
        var strongest = 0f;
        for (var lag = 1; lag < Tempogram.LagCount; lag++)
            if (Tempo.BpmOfLag(lag) is var bpm && bpm > fromBpm && bpm <= toBpm)
                strongest = Math.Max(strongest, _pulse.Autocorrelation[lag]);
        return strongest;
    }
}
