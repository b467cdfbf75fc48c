using System.Globalization;
using System.Numerics.Tensors;
using SongMood.Audio;

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

    private readonly SpeechCheck _speech = new();
    private readonly ToneCheck _tone;
    private double _seconds, _audible, _zeros, _zerosNow;
    private long _samples, _clipped;
    private AudioDamage _damage = AudioDamage.None;

    public SoundCheck(ToneCheck? tone = null)
    {
        _tone = tone ?? new ToneCheck(); // whose tables are worth keeping for the next song
        _tone.Clear();
    }

    public int DamagedFrameCount => _damage.LostFrameCount;

    /// <summary>Listens to the next piece; all its samples are numbers.</summary>
    public void Add(Waveform piece)
    {
        _seconds += piece.Duration.TotalSeconds;
        if (piece.Damage.IsAny)
            _damage = piece.Damage;
        _samples += (long)piece.SampleCount * piece.ChannelCount;
        var offsets = Enumerable.Range(0, piece.ChannelCount).Select(channel => Mean(piece.Channel(channel))).ToArray();
        var block = BlockLength(piece.SampleRate);
        for (var start = 0; start < piece.SampleCount; start += block)
        {
            var count = Math.Min(block, piece.SampleCount - start);
            var (peak, swing, squares) = (0f, 0f, 0.0);
            for (var channel = 0; channel < piece.ChannelCount; channel++)
            {
                var samples = piece.Channel(channel).Slice(start, count);
                var range = SampleRange.Of(samples);
                if (range.Peak >= FullScale)
                    _clipped += CountFlat(samples);
                peak = Math.Max(peak, range.Peak);
                // A constant offset is not heard: what is, swings around it.
                var mean = range.Sum / count;
                swing = Math.Max(swing, Math.Max(range.Max - mean, mean - range.Min));
                squares += range.SumOfSquares + (double)offsets[channel] * count * (offsets[channel] - 2.0 * mean);
            }
            _speech.Add(Math.Max(0, squares) / ((double)count * piece.ChannelCount));
            AddBlock(peak == 0, swing >= Audible, (double)count / piece.SampleRate);
        }
        _tone.Add(piece, Audible);
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
                $"there is little to hear: {Rounded(_audible)} s of its {_seconds:0.0} s are louder than -60 dB");
        if (_audible > 0 && _zeros >= 2 && _zeros >= _seconds / 10)
            Add(PredictionRemarkKind.DigitalSilence, $"{_zeros:0.0} s of its {_seconds:0.0} s are zeros; is the file incomplete?");
        if (_clipped > MostClipped * _samples)
            Add(PredictionRemarkKind.Clipping,
                $"{100.0 * _clipped / _samples:0.0} % of its samples are cut off at full scale: it was recorded or mixed too loud");
        if (_tone.Find() is { } hz)
            Add(PredictionRemarkKind.PureTone, $"it is a pure tone of about {hz:0} Hz, and no music");
        else if (_tone.IsSteady())
            Add(PredictionRemarkKind.PureTone, $"it is one sound that does not change, such as a test tone, and no music");
        if (_speech.IsSpeech())
            Add(PredictionRemarkKind.Speech, $"it sounds like speech, and not like music: its mood says little");
        return remarks;

        // 0.97 of a second are not 1.0 of it.
        static string Rounded(double seconds) => seconds.ToString(seconds < 1 ? "0.0#" : "0.0", CultureInfo.InvariantCulture);

        void Add(PredictionRemarkKind kind, FormattableString text) => remarks.Add(new(kind, text.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Samples of the blocks in which it listens; a piece that is not the last should be made of whole ones.</summary>
    public static int BlockLength(int sampleRate) => Math.Max(1, (int)Math.Round(BlockSeconds * sampleRate));

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
}
