using System.Runtime.InteropServices;

namespace SongMood.Prediction;

/// <summary>
/// Windows of patches that have been heard already: pooled anew and scored, which costs next to nothing. Where a song is heard in pieces,
/// its patches begin anew with each of them.
/// </summary>
internal sealed class PatchWindows : ISongWindows
{
    private readonly PatchScorer _scorer;
    private readonly int _sampleRate, _windowPatches, _hopPatches, _size;
    private readonly List<WindowScores> _windows = [];
    private readonly List<float> _patches = []; // the last ones, a window of them or some more
    private readonly List<(double Start, double End)> _times = [];
    private int _toNext; // patches until a window ends
    private long _samples;

    public PatchWindows(PatchScorer scorer, TimelineOptions options, int sampleRate)
    {
        (_scorer, _sampleRate, _size) = (scorer, sampleRate, scorer.Steps.Network.EmbeddingSize);
        var (patch, hop) = (scorer.Steps.PatchSeconds, scorer.Steps.HopSeconds);
        _windowPatches = 1 + Math.Max(0, (int)Math.Round((options.Window.TotalSeconds - patch) / hop));
        _hopPatches = Math.Max(1, (int)Math.Round(options.Hop.TotalSeconds / hop));
        _toNext = _windowPatches;
    }

    public void Add(ReadOnlySpan<float> piece)
    {
        var (start, end) = ((double)_samples / _sampleRate, (double)(_samples + piece.Length) / _sampleRate);
        for (var rest = _scorer.Patches; !rest.IsEmpty; rest = rest[_size..], start += _scorer.Steps.HopSeconds)
        {
            if (_times.Count == 2 * _windowPatches)
                Forget();
            _patches.AddRange(rest[.._size]);
            _times.Add((start, Math.Min(end, start + _scorer.Steps.PatchSeconds)));
            if (--_toNext == 0)
                Score();
        }
        _samples += piece.Length;
    }

    public IReadOnlyList<WindowScores> End()
    {
        if (_windows.Count == 0 || _toNext < _hopPatches)
            Score();
        return _windows;
    }

    /// <summary>Scores the last patches.</summary>
    private void Score()
    {
        var count = Math.Min(_windowPatches, _times.Count);
        _windows.Add(new WindowScores(_times[^count].Start, _times[^1].End,
            _scorer.ScorePatches(CollectionsMarshal.AsSpan(_patches)[^(count * _size)..])));
        _toNext = _hopPatches;
    }

    /// <summary>A window's worth at once, as what is left has to be moved.</summary>
    private void Forget()
    {
        _times.RemoveRange(0, _windowPatches);
        _patches.RemoveRange(0, _windowPatches * _size);
    }
}
