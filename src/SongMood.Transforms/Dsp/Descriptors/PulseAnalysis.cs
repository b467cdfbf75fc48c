namespace SongMood.Dsp.Descriptors;

/// <summary>Onset strength, tempo and beats of a signal, as librosa.beat.beat_track finds them. Owns its buffers: one a thread.</summary>
internal sealed class PulseAnalysis
{
    private readonly Tempogram _tempogram = new();
    private readonly BeatTracker _tracker = new();
    private readonly Matrix _onsets = new(1), _medianOnsets = new(1);
    private readonly float[] _autocorrelation = new float[Tempogram.LagCount];
    private int[] _beats = [];
    private int _beatCount;

    /// <summary>Mean over the mel bands.</summary>
    public ReadOnlySpan<float> Onsets => _onsets.Values;

    /// <summary>Mean autocorrelation of the onset strength (the bands' median, which tempo and beats follow).</summary>
    public ReadOnlySpan<float> Autocorrelation => _autocorrelation;

    /// <summary>The tempo's period in frames, 0 where nothing pulses.</summary>
    public int TempoLag { get; private set; }

    /// <summary>librosa's tempo, of a whole number of frames.</summary>
    public double TempoBpm => TempoLag == 0 ? 0 : Tempo.BpmOfLag(TempoLag);

    /// <summary>The same, between frames.</summary>
    public double RefinedTempoBpm => TempoLag == 0 ? 0 : Tempo.BpmOfLag(Tempo.Refine(_autocorrelation, TempoLag));

    public ReadOnlySpan<int> Beats => _beats.AsSpan(0, _beatCount);

    public void Run(FrameAnalysis frames)
    {
        _onsets.Resize(frames.FrameCount);
        _medianOnsets.Resize(frames.FrameCount);
        OnsetStrength.Mean(frames.MelDecibels, 0, FrameAnalysis.BandCount, _onsets.Values);
        OnsetStrength.Median(frames.MelDecibels, FrameAnalysis.BandCount, _medianOnsets.Values);
        _tempogram.Compute(_medianOnsets.Values, _autocorrelation);
        TempoLag = Tempo.BestLag(_autocorrelation);
        var beats = _tracker.Track(_medianOnsets.Values, TempoBpm);
        if (_beats.Length < beats.Length)
            _beats = new int[frames.FrameCount];
        beats.CopyTo(_beats);
        _beatCount = beats.Length;
    }
}
