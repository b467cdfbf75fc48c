using System.Collections.Concurrent;
using SongMood.Alterations;
using SongMood.Audio;

namespace SongMood.Learning;

/// <summary>Computes the features of songs, on any number of threads at once.</summary>
/// <param name="pipeline">The way from a song to its features.</param>
/// <param name="source">The label file or the folder of the songs, for errors.</param>
/// <param name="copies">How copies are altered; null where there are none.</param>
/// <param name="advice">What to do about songs that are too long or too large; null: who asks is learning.</param>
internal sealed class FeatureExtractor(
    FeaturePipeline pipeline, string source, SongCopies? copies = null, (string Longer, string Larger)? advice = null) : IDisposable
{
    private static readonly (string Longer, string Larger) ForLearning = (
        $"learn from a part of each song, with {nameof(MoodLearningOptions)}.{nameof(MoodLearningOptions.Seconds)} "
        + "('songmood ... --seconds')", AudioReadOptions.TakePart);

    /// <summary>Each has large buffers and serves one thread at a time: as many as threads, used again and again.</summary>
    private readonly ConcurrentBag<SongListener> _idle = [];

    /// <exception cref="LabelledDataException">The song cannot be read; the error names its line or its file.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, perhaps within the song.</exception>
    public SongFeatures Compute(LabelledSong song, CancellationToken cancellation) => Listen(song, [], cancellation)[0];

    /// <summary>The features of a song, then those of its copies.</summary>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public SongFeatures[] ComputeWithCopies(LabelledSong song, int number, CancellationToken cancellation) =>
        Listen(song, copies?.Of(number) ?? [], cancellation);

    private SongFeatures[] Listen(LabelledSong song, AudioAlteration[] alterations, CancellationToken cancellation)
    {
        var listener = _idle.TryTake(out var idle) ? idle : new SongListener(pipeline, advice ?? ForLearning);
        try
        {
            var features = listener.Listen(song.AudioPath!, alterations, cancellation);
            _idle.Add(listener);
            return features;
        }
        catch (Exception error)
        {
            listener.Dispose(); // it stopped halfway through a song
            if (error is OutOfMemoryException or OperationCanceledException)
                throw;
            throw SongFault.Unreadable(source, song, error);
        }
    }

    public void Dispose()
    {
        foreach (var listener in _idle)
            listener.Dispose();
    }
}

/// <summary>The input row of a model that listens.</summary>
internal sealed class SongPath
{
    public string Path { get; set; } = "";
}
