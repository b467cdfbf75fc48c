using System.Globalization;
using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Prediction;

/// <summary>
/// Listens once to what a prediction is made of, a piece at a time, and tells what makes the prediction doubtful.
/// </summary>
internal sealed class SoundCheck
{
    private const double BlockSeconds = 0.01;
    private const float Audible = 1e-3f; // -60 dB of full scale
    private const double LeastSilence = 0.5; // seconds of zeros in one stretch: encoders and fades leave shorter ones
    private const float FullScale = 0.98f;
    private const int LeastFlat = 3; // equal samples at full scale in a row, which no wave has of itself
    private const double MostClipped = 1e-3;
    private const int ToneFrames = 32; // of the first piece, and at most of others: about one a second
    private const int ToneFrameLength = 4096;

    private readonly SpeechCheck _speech = new();
    private readonly List<(bool IsTone, double Hz)> _frames = [];
    private readonly Spectrogram _spectrogram =
        new(new SpectrogramOptions { FftLength = ToneFrameLength, HopLength = ToneFrameLength, Center = false });
    private readonly float[] _mono = new float[ToneFrameLength], _power = new float[ToneFrameLength / 2 + 1];
    private double _seconds, _audible, _zeros, _zerosNow;
    private long _samples, _clipped;
    private AudioDamage _damage = AudioDamage.None;

    public int DamagedFrameCount => _damage.LostFrameCount;

    /// <summary>Listens to the next piece; all its samples are numbers.</summary>
    public void Add(Waveform piece)
    {
        _seconds += piece.Duration.TotalSeconds;
        if (piece.Damage.IsAny)
            _damage = piece.Damage;
        _samples += (long)piece.SampleCount * piece.ChannelCount;
        var offsets = Enumerable.Range(0, piece.ChannelCount).Select(channel => Mean(piece.Channel(channel))).ToArray();
        var block = Math.Max(1, (int)Math.Round(BlockSeconds * piece.SampleRate));
        for (var start = 0; start < piece.SampleCount; start += block)
        {
            var count = Math.Min(block, piece.SampleCount - start);
            var (peak, swing, squares) = (0f, 0f, 0.0);
            for (var channel = 0; channel < piece.ChannelCount; channel++)
            {
                var samples = piece.Channel(channel).Slice(start, count);
                var loudest = Math.Abs(TensorPrimitives.MaxMagnitude(samples));
                if (loudest >= FullScale)
                    _clipped += CountFlat(samples);
                peak = Math.Max(peak, loudest);
                // A constant offset is not heard: what is, swings around it.
                var mean = Mean(samples);
                swing = Math.Max(swing, Math.Max(TensorPrimitives.Max(samples) - mean, mean - TensorPrimitives.Min(samples)));
                squares += TensorPrimitives.SumOfSquares(samples) + (double)offsets[channel] * count * (offsets[channel] - 2.0 * mean);
            }
            _speech.Add(Math.Max(0, squares) / ((double)count * piece.ChannelCount));
            AddBlock(peak == 0, swing >= Audible, (double)count / piece.SampleRate);
        }
        AddFrames(piece);
    }

    public IReadOnlyList<PredictionRemark> Remarks()
    {
        AddBlock(isZeros: false, isAudible: false, 0); // ends a stretch of zeros
        var remarks = new List<PredictionRemark>();
        if (_damage.IsAny)
            Add(PredictionRemarkKind.Damage, $"{_damage}; the rest was heard");
        if (_audible == 0)
            Add(PredictionRemarkKind.TooLittleSound, $"there is nothing to hear: all of its {_seconds:0.0} s are silence");
        else if (_seconds < 1)
            Add(PredictionRemarkKind.TooLittleSound, $"it lasts only {_seconds:0.0##} s");
        else if (_audible < 1 - BlockSeconds / 2 || _audible < _seconds / 2) // a sum of blocks is rounded
            Add(PredictionRemarkKind.TooLittleSound,
                $"there is little to hear: {_audible:0.0} s of its {_seconds:0.0} s are louder than -60 dB");
        if (_audible > 0 && _zeros >= 2 && _zeros >= _seconds / 10)
            Add(PredictionRemarkKind.DigitalSilence, $"{_zeros:0.0} s of its {_seconds:0.0} s are zeros; is the file incomplete?");
        if (_clipped > MostClipped * _samples)
            Add(PredictionRemarkKind.Clipping,
                $"{100.0 * _clipped / _samples:0.0} % of its samples are cut off at full scale: it was recorded or mixed too loud");
        if (FindTone() is { } hz)
            Add(PredictionRemarkKind.PureTone, $"it is a pure tone of about {hz:0} Hz, and no music");
        if (_speech.IsSpeech())
            Add(PredictionRemarkKind.Speech, $"it sounds like speech, and not like music: its mood says little");
        return remarks;

        void Add(PredictionRemarkKind kind, FormattableString text) => remarks.Add(new(kind, text.ToString(CultureInfo.InvariantCulture)));
    }

    private static float Mean(ReadOnlySpan<float> samples) => samples.IsEmpty ? 0 : TensorPrimitives.Sum(samples) / samples.Length;

    private void AddBlock(bool isZeros, bool isAudible, double seconds)
    {
        if (isAudible)
            _audible += seconds;
        if (isZeros)
        {
            _zerosNow += seconds;
            return;
        }
        if (_zerosNow >= LeastSilence)
            _zeros += _zerosNow;
        _zerosNow = 0;
    }

    private static int CountFlat(ReadOnlySpan<float> samples)
    {
        var (flat, run) = (0, 1);
        for (var i = 1; i <= samples.Length; i++)
        {
            if (i < samples.Length && samples[i] == samples[i - 1])
            {
                run++;
                continue;
            }
            if (run >= LeastFlat && Math.Abs(samples[i - 1]) >= FullScale)
                flat += run;
            run = 1;
        }
        return flat;
    }

    /// <summary>Looks at frames that are spread evenly: whether each is all but one frequency.</summary>
    private void AddFrames(Waveform piece)
    {
        if (piece.SampleCount < ToneFrameLength)
            return;
        // Of a long song as many a second throughout.
        var count = _frames.Count == 0 ? ToneFrames : (int)Math.Clamp(piece.Duration.TotalSeconds, 1, ToneFrames);
        var length = piece.SampleCount - ToneFrameLength;
        for (var frame = 0; frame < count; frame++)
            _frames.Add(Listen(piece, (int)((long)frame * length / Math.Max(1, count - 1))));
    }

    private (bool IsTone, double Hz) Listen(Waveform piece, int start)
    {
        Array.Clear(_mono);
        for (var channel = 0; channel < piece.ChannelCount; channel++)
            TensorPrimitives.Add(_mono, piece.Channel(channel).Slice(start, ToneFrameLength), _mono);
        TensorPrimitives.Subtract(_mono, Mean(_mono), _mono);
        // Else what is left of an offset by rounding would be a tone.
        var isAudible = Math.Abs(TensorPrimitives.MaxMagnitude<float>(_mono)) >= Audible * piece.ChannelCount;
        _spectrogram.Compute(_mono, _power);
        var loudest = 1 + TensorPrimitives.IndexOfMax(_power.AsSpan(1));
        var first = Math.Max(1, loudest - 3);
        var near = TensorPrimitives.Sum(_power.AsSpan(first, Math.Min(_power.Length, loudest + 4) - first));
        return (isAudible && near >= 0.99 * TensorPrimitives.Sum(_power.AsSpan(1)), (double)loudest * piece.SampleRate / ToneFrameLength);
    }

    private double? FindTone()
    {
        var tones = _frames.Where(frame => frame.IsTone).Select(frame => frame.Hz).Order().ToArray();
        if (tones.Length == 0 || tones.Length < 0.9 * _frames.Count)
            return null;
        var middle = tones[tones.Length / 2];
        return tones.Count(hz => Math.Abs(hz - middle) <= 0.03 * middle + 15) >= 0.9 * _frames.Count ? middle : null;
    }
}
