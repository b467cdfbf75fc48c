using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>
/// The features of labelled songs in memory, computed once, from which each fold takes its rows: the one place where songs become rows of
/// ML.NET.
/// </summary>
internal sealed class FeatureTable
{
    /// <summary>The mood: a key whose values are all moods, whichever of them the rows at hand have.</summary>
    public const string LabelColumn = nameof(Row.Label);

    /// <summary>What must not be on both sides of a split; the song itself where it has no group.</summary>
    public const string GroupColumn = nameof(Row.Group);

    private readonly LabelledSongs _songs;
    private readonly SongFeatures[] _features;
    private readonly SchemaDefinition _schema;

    /// <summary>Those of altered copies of each song, none where none are asked for.</summary>
    private SongFeatures[][] _copies = [];

    private FeatureTable(LabelledSongs songs, VectorDataViewType type, VectorDataViewType? melType, IReadOnlyList<string> slotNames,
        SongFeatures[] features)
    {
        (_songs, SlotNames, _features) = (songs, slotNames, features);
        _schema = SchemaDefinition.Create(typeof(Row));
        (_schema[nameof(Row.Features)].ColumnName, _schema[nameof(Row.Features)].ColumnType) = (LearningRecipe.FeatureColumn, type);
        _schema[LabelColumn].ColumnType = new KeyDataViewType(typeof(uint), songs.Moods.Count);
        ColumnNames.Annotate(_schema[LabelColumn], "KeyValues", songs.Moods);
        if (slotNames.Count > 0)
            ColumnNames.Annotate(_schema[nameof(Row.Features)], ColumnAnnotations.SlotNames, slotNames);
        if (melType is null)
            _schema.Remove(_schema[nameof(Row.Mel)]);
        else
            (_schema[nameof(Row.Mel)].ColumnName, _schema[nameof(Row.Mel)].ColumnType) = (LearningRecipe.MelColumn, melType);
    }

    /// <summary>What computed the features; null where they are numbers of the label file.</summary>
    public FeaturePipeline? Pipeline { get; private init; }

    /// <summary>The features' names; none for a spectrogram.</summary>
    public IReadOnlyList<string> SlotNames { get; }

    /// <summary>The features of the songs, which tell whether one is the same as another.</summary>
    public IReadOnlyList<float[]> Features => [.. _features.Select(song => song.Features)];

    /// <summary>What the options ask for: the songs' numbers, what a feature file holds, or what is heard now, on all cores.</summary>
    /// <exception cref="LabelledDataException">A song cannot be read; the error names its line or its file.</exception>
    /// <exception cref="LearningFileException">The feature file is damaged, or of other songs or options.</exception>
    public static async Task<FeatureTable> ComputeAsync(LabelledSongs songs, MoodLearningOptions options,
        IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (options.Inputs == SongInput.Columns)
            return OfNumbers(songs);
        var context = new MLContext(options.Seed);
        var pipeline = FeaturePipeline.Of(context, new LearningRecipe(options));
        if ((options.FeatureFile ?? await KeepAsync(songs, options, progress, cancellation).ConfigureAwait(false)) is { } path)
        {
            using var file = FeatureFile.Open(context, path);
            return OfSongs(songs, pipeline, file.FeaturesOf(songs, pipeline));
        }
        using var extractor = new FeatureExtractor(pipeline, songs.File, new SongCopies(options));
        var steps = new StepCounter(progress, LearningActivity.Listening, songs.Songs.Count);
        var features = new List<SongFeatures[]>(songs.Songs.Count);
        await foreach (var song in OrderedParallel.SelectAsync(Enumerable.Range(0, songs.Songs.Count),
            (song, stop) => extractor.ComputeWithCopies(songs.Songs[song], song, stop), cancellation).ConfigureAwait(false))
        {
            steps.Step(damage: SongDamage.Of(songs.Songs[features.Count], song[0].Damage));
            features.Add(song);
        }
        var table = OfSongs(songs, pipeline, [.. features.Select(song => song[0])]);
        if (options.AlteredCopies > 0)
            table._copies = [.. features.Select(song => song[1..])];
        return table;
    }

    /// <summary>
    /// Hears the songs into a file of the folder for checkpoints, from where a killed run goes on; null where there is no such folder, or
    /// where altered copies are wanted, which no feature file holds.
    /// </summary>
    private static async Task<string?> KeepAsync(
        LabelledSongs songs, MoodLearningOptions options, IProgress<LearningProgress>? progress, CancellationToken cancellation)
    {
        if (options.CheckpointFolder is not { } folder || options.AlteredCopies > 0)
            return null;
        var path = Path.Combine(folder, "features.idv");
        var failures = await new FeatureExtraction(songs, path, options).RunAsync(null, progress, cancellation).ConfigureAwait(false);
        return failures.Count == 0 ? path : throw failures[0];
    }

    /// <summary>The numeric columns of a label file.</summary>
    public static FeatureTable OfNumbers(LabelledSongs songs) =>
        OfVectors(songs, [.. songs.Songs.Select(song => song.Features)], songs.FeatureColumns);

    /// <summary>A vector of each song, such as an embedding that was computed elsewhere.</summary>
    public static FeatureTable OfVectors(LabelledSongs songs, IReadOnlyList<float[]> vectors, IReadOnlyList<string>? names = null) =>
        new(songs, VectorOf(names?.Count ?? vectors[0].Length), null, names ?? [],
            [.. vectors.Select(vector => new SongFeatures { Features = vector })]);

    /// <summary>What a pipeline computed of the songs.</summary>
    public static FeatureTable OfSongs(LabelledSongs songs, FeaturePipeline pipeline, SongFeatures[] features) =>
        new(songs, pipeline.FeatureType, pipeline.MelType, pipeline.SlotNames, features) { Pipeline = pipeline };

    /// <summary>The median over the songs of each feature that has a name, by this name.</summary>
    public IReadOnlyDictionary<string, float> Medians() =>
        SlotNames.Index().ToDictionary(slot => slot.Item, slot => Median([.. _features.Select(song => song.Features[slot.Index])]));

    /// <summary>Some of the features by their names, in that order, and no spectrogram.</summary>
    public FeatureTable Choose(IReadOnlyList<string> names)
    {
        var places = PlacesOf(names);
        return new FeatureTable(_songs, VectorOf(places.Length), null, names, Array.ConvertAll(_features,
            song => new SongFeatures { Features = Array.ConvertAll(places, place => song.Features[place]) }));
    }

    /// <summary>Where features stand, by their names.</summary>
    public int[] PlacesOf(IEnumerable<string> names) =>
        [.. names.Select(name => SlotNames.Index().First(slot => slot.Item == name).Index)];

    /// <summary>Songs as rows.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="songs">Which, as indices from 0, in this order; null for all.</param>
    public IDataView View(MLContext context, IReadOnlyList<int>? songs = null) =>
        View(context, (songs ?? All).Select(song => RowOf(song, _features[song])));

    /// <summary>Songs as rows to learn from, each followed by its altered copies.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="songs">Which, as indices from 0, in this order; null for all.</param>
    public IDataView LearntView(MLContext context, IReadOnlyList<int>? songs = null) => _copies.Length == 0 ? View(context, songs)
        : View(context, (songs ?? All).SelectMany(
            song => _copies[song].Prepend(_features[song]).Select(features => RowOf(song, features))));

    private int[] All => [.. Enumerable.Range(0, _features.Length)];

    private IDataView View(MLContext context, IEnumerable<Row> rows) => context.Data.LoadFromEnumerable(rows.ToArray(), _schema);

    private Row RowOf(int song, SongFeatures features) => new()
    {
        Features = features.Features,
        Mel = features.Mel ?? [],
        Label = (uint)_songs.MoodIndices[song],
        Group = GroupOf(song),
    };

    /// <summary>
    /// A song without a group is one with its copies, altered or drawn again by bagging, so that none is held out for validation while
    /// others teach.
    /// </summary>
    private string GroupOf(int song) => _songs.Songs[song].Group is { } group && !string.IsNullOrWhiteSpace(group)
        ? group : FormattableString.Invariant($"the copies of song {song}");

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static VectorDataViewType VectorOf(int size) => new(NumberDataViewType.Single, size);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float[] Mel { get; set; } = [];

        /// <summary>Counted from 0: ML.NET adds the 1 that sets a key apart from a missing one.</summary>
        public uint Label { get; set; }

        public string Group { get; set; } = "";
    }
}
