using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Onset strength, tempo and beats of a signal, as librosa.beat.beat_track finds them: in the median of the bands' rises, or, where that
/// has none, in their mean. Owns its buffers: one a thread.
/// </summary>
internal sealed class PulseAnalysis
{
    private const float AudibleDecibels = 1; // of the mean of all bands
    private readonly Tempogram _tempogram = new();
    private readonly BeatTracker _tracker = new();
    private readonly PulsePeriod _period = new();
    private readonly Matrix _onsets = new(1), _medianOnsets = new(1);
    private readonly float[] _autocorrelation = new float[Tempogram.LagCount];
    private int[] _beats = [];
    private int _beatCount;

    /// <summary>Mean over the mel bands.</summary>
    public ReadOnlySpan<float> Onsets => _onsets.Values;

    /// <summary>Mean autocorrelation of the onset strength that tempo and beats follow.</summary>
    public ReadOnlySpan<float> Autocorrelation => _autocorrelation;

    /// <summary>The tempo's period in frames, 0 where nothing pulses.</summary>
    public int TempoLag { get; private set; }

    /// <summary>librosa's tempo, of a whole number of frames.</summary>
    public double TempoBpm => TempoLag == 0 ? 0 : Tempo.BpmOfLag(TempoLag);

    /// <summary>The same, between frames.</summary>
    public double RefinedTempoBpm { get; private set; }

    public ReadOnlySpan<int> Beats => _beats.AsSpan(0, _beatCount);

    public void Run(FrameAnalysis frames)
    {
        _onsets.Resize(frames.FrameCount);
        _medianOnsets.Resize(frames.FrameCount);
        OnsetStrength.Mean(frames.MelDecibels, 0, FrameAnalysis.BandCount, _onsets.Values);
        OnsetStrength.Median(frames.MelDecibels, FrameAnalysis.BandCount, _medianOnsets.Values);
        var onsets = _medianOnsets.Values;
        FindTempo(onsets);
        if (TempoLag == 0 && TensorPrimitives.Max<float>(_onsets.Values) > AudibleDecibels)
        {
            // Fewer than half of the bands have onsets, as in music without treble: the median is silent, the mean is not.
            onsets = _onsets.Values;
            FindTempo(onsets);
        }

        RefinedTempoBpm = TempoLag == 0
            ? 0
            : Tempo.BpmOfLag(_period.Refine(frames.Mel, frames.FrameCount, Tempo.Refine(_autocorrelation, TempoLag)));
        var beats = _tracker.Track(onsets, TempoBpm);
        if (_beats.Length < beats.Length)
            _beats = new int[frames.FrameCount];
        beats.CopyTo(_beats);
        _beatCount = beats.Length;
    }
    private void FindTempo(ReadOnlySpan<float> onsets)
    {
        _tempogram.Compute(onsets, _autocorrelation);
        TempoLag = Tempo.BestLag(_autocorrelation);
    }
}
