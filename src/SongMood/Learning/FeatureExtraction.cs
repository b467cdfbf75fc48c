using Microsoft.ML;

namespace SongMood.Learning;

/// <summary>
/// Computes the features of many songs, once, into a file for any number of trainings (<see cref="MoodLearningOptions.FeatureFile"/>).
/// What is done is not done again: a run that was stopped goes on where it was, and a song that has changed is computed anew.
/// </summary>
/// <example><code>
/// var songs = LabelledSongs.Read("labels.csv");
/// var options = new MoodLearningOptions { Seconds = 60 };
/// foreach (var unreadable in await new FeatureExtraction(songs, "features.idv", options).RunAsync())
///     Console.Error.WriteLine(unreadable.Message);
/// var learning = new MoodLearning(songs, options with { FeatureFile = "features.idv" }); // decodes nothing
/// </code></example>
public sealed class FeatureExtraction
{
    private readonly MLContext _context = new();
    private readonly LabelledSongs _songs;
    private readonly string _path;
    private readonly FeaturePipeline _pipeline;
    private readonly FinishedSongs _finished;
    private readonly ExtractedSong[] _wanted;
    private readonly int[] _open;

    /// <summary>Looks at what is done already.</summary>
    /// <param name="songs">The songs, with their audio.</param>
    /// <param name="path">The file to write, in ML.NET's binary format. Unfinished work lies in a folder beside it.</param>
    /// <param name="options">What is computed: <see cref="MoodLearningOptions.Inputs"/> and <see cref="MoodLearningOptions.Seconds"/>; null
    /// for the defaults.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, or ask for nothing of the audio.</exception>
    /// <exception cref="LabelledDataException">A song has no audio file.</exception>
    /// <exception cref="LearningFileException">The file is there and is no feature file, or is damaged.</exception>
    public FeatureExtraction(LabelledSongs songs, string path, MoodLearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(songs);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new MoodLearningOptions();
        options.Validate();
        var recipe = new LearningRecipe(options);
        if (!recipe.Listens)
            throw new MoodLearningException($"{Term.Columns} are in the label file already: there is nothing to extract.");
        SongFault.RequireAudioPaths(songs);
        (_songs, _path, _pipeline) = (songs, path, FeaturePipeline.Of(_context, recipe));
        _finished = new FinishedSongs(path + ".parts", _pipeline);
        _wanted = [.. songs.Songs.Select(song => ExtractedSong.Of(songs, song))];
        LookBack();
        _open = [.. _wanted.Index().Where(pair => !_finished.Contains(pair.Item)).DistinctBy(pair => pair.Item).Select(pair => pair.Index)];
    }

    /// <summary>The songs.</summary>
    public int SongCount => _wanted.Length;

    /// <summary>Whether there is nothing to do, as the file holds just this already.</summary>
    public bool IsUpToDate { get; private set; }

    /// <summary>How many songs were done before.</summary>
    public int DoneBefore => IsUpToDate ? _wanted.Length : _wanted.Length - _open.Length;

    /// <summary>How many songs are done now.</summary>
    public int DoneCount => IsUpToDate ? _wanted.Length : _wanted.Count(_finished.Contains);

    /// <summary>What is computed, for people.</summary>
    public string Description => _pipeline.Description;

    /// <summary>Computes what is missing, and writes the file if every song could be read.</summary>
    /// <param name="threads">Songs that are computed at once, each on a core, at least 1; the features are the same for any number. Null:
    /// all cores.</param>
    /// <param name="progress">Told of each song.</param>
    /// <param name="cancellation">Stops, also within a song; songs that are done are kept.</param>
    /// <returns>The songs that could not be read, each with what is wrong; none where the file is written. The others are kept for another
    /// run.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<IReadOnlyList<LabelledDataException>> RunAsync(
        int? threads = null, IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Expected 1 or more.");
        if (IsUpToDate)
        {
            _finished.Remove();
            return [];
        }
        var failures = new List<LabelledDataException>();
        var steps = new StepCounter(progress, LearningActivity.Listening, _open.Length);
        using (var extractor = new FeatureExtractor(_pipeline, _songs.File))
            await foreach (var (failure, damage) in OrderedParallel.SelectAsync(
                _open, (song, stop) => Extract(extractor, song, stop), threads ?? Environment.ProcessorCount, cancellation)
                    .ConfigureAwait(false))
            {
                if (failure is not null)
                    failures.Add(failure);
                steps.Step(damage: damage);
            }
        if (failures.Count > 0)
            return failures;
        FeatureFile.Write(_context, _path, _pipeline, _wanted, song =>
        {
            cancellation.ThrowIfCancellationRequested();
            return _finished.Read(song);
        });
        _finished.Remove();
        IsUpToDate = true;
        return [];
    }

    private (LabelledDataException? Failure, SongDamage? Damage) Extract(
        FeatureExtractor extractor, int song, CancellationToken cancellation)
    {
        SongFeatures features;
        try
        {
            features = extractor.Compute(_songs.Songs[song], cancellation);
        }
        catch (LabelledDataException unreadable)
        {
            return (unreadable, null); // the others go on, so that all such songs are known after one run
        }
        _finished.Add(_wanted[song], features);
        return (null, SongDamage.Of(_songs.Songs[song], features.Damage));
    }

    /// <summary>Keeps what an earlier file knows of these songs.</summary>
    private void LookBack()
    {
        if (!File.Exists(_path))
            return;
        using var before = FeatureFile.Open(_context, _path);
        if (before.Pipeline != _pipeline.Fingerprint)
            return;
        IsUpToDate = before.Songs.SequenceEqual(_wanted);
        if (IsUpToDate)
            return;
        var heard = _wanted.Select(Heard).ToHashSet();
        foreach (var (song, features) in before.Songs.Zip(before.ReadFeatures()))
            if (heard.Contains(Heard(song)) && !_finished.Contains(song))
                _finished.Add(song, features);

        static (string, long, long) Heard(ExtractedSong song) => (song.Path, song.FileLength, song.FileModified);
    }
}
