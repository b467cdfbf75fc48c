using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Prediction;

/// <summary>
/// Tells a test tone by frames that are spread over the audio. In a pure tone each is nearly all of one frequency, and that is the same; in
/// another sound that does not change, such as a square wave or two tones at once, all have one spectrum.
/// </summary>
internal sealed class ToneCheck
{
    /// <summary>Samples of a frame; shorter audio is not looked at.</summary>
    public const int FrameLength = 4096;

    private const int MostFrames = 32, FewestFramesOfSong = 4; // of a piece; else about one a second
    private const float MostChange = 0.05f; // of a frame's power, and of its spectrum: music changes more, even where it rests on a chord
    private readonly List<(bool IsTone, bool IsAsFirst, double Hz)> _frames = [];
    private readonly Spectrogram _spectrogram =
        new(new SpectrogramOptions { FftLength = FrameLength, HopLength = FrameLength, Center = false });
    private readonly float[] _mono = new float[FrameLength];
    private readonly float[] _power = new float[FrameLength / 2 + 1], _first = new float[FrameLength / 2 + 1];

    public void Clear() => _frames.Clear();

    /// <summary>Listens to the next piece. A swing that does not reach the least audible one is no tone.</summary>
    public void Add(Waveform piece, float audible)
    {
        if (piece.SampleCount < FrameLength)
            return;
        var count = (int)Math.Clamp(piece.Duration.TotalSeconds, _frames.Count == 0 ? FewestFramesOfSong : 1, MostFrames);
        var length = piece.SampleCount - FrameLength;
        for (var frame = 0; frame < count; frame++)
            _frames.Add(Listen(piece, (int)((long)frame * length / Math.Max(1, count - 1)), audible));
    }

    /// <summary>The frequency of the tone that all of it is; null where it is none.</summary>
    public double? Find()
    {
        var tones = _frames.Where(frame => frame.IsTone).Select(frame => frame.Hz).Order().ToArray();
        if (tones.Length == 0 || tones.Length < 0.9 * _frames.Count)
            return null;
        var middle = tones[tones.Length / 2];
        return tones.Count(hz => Math.Abs(hz - middle) <= 0.03 * middle + 15) >= 0.9 * _frames.Count ? middle : null;
    }

    /// <summary>Whether all of it is one sound that does not change.</summary>
    public bool IsSteady() => _frames.Count >= FewestFramesOfSong && _frames.Count(frame => frame.IsAsFirst) >= 0.9 * _frames.Count;

    private (bool IsTone, bool IsAsFirst, double Hz) Listen(Waveform piece, int start, float audible)
    {
        Array.Clear(_mono);
        for (var channel = 0; channel < piece.ChannelCount; channel++)
            TensorPrimitives.Add(_mono, piece.Channel(channel).Slice(start, FrameLength), _mono);
        TensorPrimitives.Subtract(_mono, TensorPrimitives.Sum<float>(_mono) / FrameLength, _mono);
        // Else what is left of an offset by rounding would be a tone.
        var isAudible = Math.Abs(TensorPrimitives.MaxMagnitude<float>(_mono)) >= audible * piece.ChannelCount;
        _spectrogram.Compute(_mono, _power);
        var loudest = 1 + TensorPrimitives.IndexOfMax(_power.AsSpan(1));
        var first = Math.Max(1, loudest - 3);
        var near = TensorPrimitives.Sum(_power.AsSpan(first, Math.Min(_power.Length, loudest + 4) - first));
        if (_frames.Count == 0)
            _power.CopyTo(_first, 0);
        var isTone = near >= 0.99 * TensorPrimitives.Sum(_power.AsSpan(1));
        return (isAudible && isTone, isAudible && IsAsFirst(), (double)loudest * piece.SampleRate / FrameLength);
    }

    private bool IsAsFirst()
    {
        var (power, first) = (TensorPrimitives.Sum<float>(_power), TensorPrimitives.Sum<float>(_first));
        return Math.Abs(power - first) <= MostChange * first && TensorPrimitives.CosineSimilarity<float>(_power, _first) >= 1 - MostChange;
    }
}
