using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>Windows of samples, each heard by the whole model: for any model.</summary>
internal sealed class SampleWindows : ISongWindows
{
    private readonly Func<VBuffer<float>, float[]> _score;
    private readonly int _sampleRate, _hop;
    private readonly bool _isPadded;
    private readonly List<WindowScores> _windows = [];
    private readonly float[] _held;
    private int _count;
    private long _start, _toPass;

    /// <param name="score">The model.</param>
    /// <param name="windowLength">Samples of a window.</param>
    /// <param name="hop">Samples from one window to the next.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="isPadded">Whether the model takes no shorter window: a short song is filled up with silence.</param>
    public SampleWindows(Func<VBuffer<float>, float[]> score, int windowLength, int hop, int sampleRate, bool isPadded)
    {
        (_score, _sampleRate, _hop, _isPadded) = (score, sampleRate, hop, isPadded);
        _held = new float[windowLength];
    }

    public void Add(ReadOnlySpan<float> piece)
    {
        while (!piece.IsEmpty)
        {
            var passed = (int)Math.Min(_toPass, piece.Length);
            _toPass -= passed;
            piece = piece[passed..];
            var taken = Math.Min(piece.Length, _held.Length - _count);
            piece[..taken].CopyTo(_held.AsSpan(_count));
            _count += taken;
            piece = piece[taken..];
            if (_count == _held.Length)
                Score(_held.Length);
        }
    }

    public IReadOnlyList<WindowScores> End()
    {
        if (_windows.Count == 0)
        {
            _held.AsSpan(_count).Clear();
            Score(_isPadded ? _held.Length : _count);
        }
        return _windows;
    }

    private void Score(int length)
    {
        _windows.Add(new WindowScores((double)_start / _sampleRate, (double)(_start + _count) / _sampleRate,
            _score(new VBuffer<float>(length, _held))));
        _start += _hop;
        var kept = Math.Max(0, _count - _hop);
        _toPass = Math.Max(0, _hop - _count);
        _held.AsSpan(_count - kept, kept).CopyTo(_held);
        _count = kept;
    }
}
