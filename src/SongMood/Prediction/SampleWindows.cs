using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>Windows of samples, each heard by the whole model: for any model.</summary>
internal sealed class SampleWindows : ISongWindows
{
    private readonly Func<VBuffer<float>, float[]> _score;
    private readonly int _sampleRate, _hop;
    private readonly bool _isPadded;
    private readonly List<WindowScores> _windows = [];
    private readonly float[] _last; // the last samples, the latest at the end
    private long _samples, _next; // where the next window ends

    /// <param name="score">The model.</param>
    /// <param name="windowLength">Samples of a window.</param>
    /// <param name="hop">Samples from one window to the next.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="isPadded">Whether the model takes no shorter window: a short song is filled up with silence.</param>
    public SampleWindows(Func<VBuffer<float>, float[]> score, int windowLength, int hop, int sampleRate, bool isPadded)
    {
        (_score, _sampleRate, _hop, _isPadded) = (score, sampleRate, hop, isPadded);
        _last = new float[windowLength];
        _next = windowLength;
    }

    public void Add(ReadOnlySpan<float> piece)
    {
        while (!piece.IsEmpty)
        {
            var taken = (int)Math.Min(_next - _samples, piece.Length);
            Keep(piece[..taken]);
            piece = piece[taken..];
            if (_samples == _next)
            {
                Score(_last);
                _next += _hop;
            }
        }
    }

    public IReadOnlyList<WindowScores> End()
    {
        if (_samples < _last.Length)
        {
            var all = new float[_isPadded ? _last.Length : _samples];
            _last.AsSpan(^(int)_samples).CopyTo(all);
            Score(all);
        }
        else if (_samples > _next - _hop)
            Score(_last);
        return _windows;
    }

    private void Keep(ReadOnlySpan<float> samples)
    {
        _samples += samples.Length;
        samples = samples[Math.Max(0, samples.Length - _last.Length)..];
        _last.AsSpan(samples.Length).CopyTo(_last);
        samples.CopyTo(_last.AsSpan(_last.Length - samples.Length));
    }

    private void Score(float[] samples) => _windows.Add(new WindowScores((double)Math.Max(0, _samples - samples.Length) / _sampleRate,
        (double)_samples / _sampleRate, _score(new VBuffer<float>(samples.Length, samples))));
}
