using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>The features of labelled songs in ML.NET's binary format, as <see cref="FeatureExtraction"/> writes them.</summary>
internal sealed class FeatureFile : IDisposable
{
    private readonly IDataView _view;

    private FeatureFile(string path, IDataView view)
    {
        Path = path;
        _view = view;
        Songs = [.. Column<string>(nameof(Row.Path)).Zip(Column<string>(nameof(Row.Mood)), Column<string>(nameof(Row.Group)))
            .Zip(Column<long>(nameof(Row.FileLength)), Column<long>(nameof(Row.FileModified)))
            .Select(row => new ExtractedSong(row.First.First, row.First.Second, row.First.Third, row.Second, row.Third))];
        Pipeline = Column<string>(nameof(Row.FrontEnd)).FirstOrDefault("");
        Description = Column<string>(nameof(Row.MadeBy)).FirstOrDefault("nothing");
        Types = new FeatureTypes((VectorDataViewType)view.Schema[nameof(Row.Features)].Type,
            (VectorDataViewType?)view.Schema.GetColumnOrNull(nameof(Row.Mel))?.Type);
    }

    public string Path { get; }

    public IReadOnlyList<ExtractedSong> Songs { get; }

    /// <summary>The fingerprint of the pipeline that made the features.</summary>
    public string Pipeline { get; }

    /// <summary>What made the features, for people.</summary>
    public string Description { get; }

    public FeatureTypes Types { get; }

    /// <exception cref="LearningFileException">There is no such file, or it is another.</exception>
    public static FeatureFile Open(MLContext context, string path)
    {
        if (!File.Exists(path))
            throw new LearningFileException($"There is no feature file {path}. {Term.MakeFeatureFile}.");
        if (SpecialFile.Fault(path) is { } fault)
            throw new LearningFileException($"{path}: {fault}.");
        return Guard(path, () =>
        {
            var view = context.Data.LoadFromBinary(path);
            try
            {
                return new FeatureFile(path, view);
            }
            catch
            {
                (view as IDisposable)?.Dispose();
                throw;
            }
        });
    }

    /// <summary>Writes the file as a whole.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="path">The file.</param>
    /// <param name="pipeline">What made the features.</param>
    /// <param name="songs">The rows.</param>
    /// <param name="featuresOf">Fetches the features of a row, one row after the other: all together they may be more than the
    /// memory.</param>
    public static void Write(MLContext context, string path, FeaturePipeline pipeline, IReadOnlyList<ExtractedSong> songs,
        Func<ExtractedSong, SongFeatures> featuresOf)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = pipeline.FeatureType;
        if (pipeline.MelType is { } melType)
            schema[nameof(Row.Mel)].ColumnType = melType;
        else
            schema.Remove(schema[nameof(Row.Mel)]);
        if (pipeline.SlotNames is { Count: > 0 } names)
            ColumnNames.Annotate(schema[nameof(Row.Features)], ColumnAnnotations.SlotNames, names);
        var rows = songs.Select(song => (Song: song, Features: featuresOf(song))).Select(row => new Row
        {
            Path = row.Song.Path,
            Mood = row.Song.Mood,
            Group = row.Song.Group,
            Features = row.Features.Features,
            Mel = row.Features.Mel ?? [],
            FileLength = row.Song.FileLength,
            FileModified = row.Song.FileModified,
            FrontEnd = pipeline.Fingerprint,
            MadeBy = pipeline.Description,
        });
        AtomicFile.Write(path, stream => context.Data.SaveAsBinary(context.Data.LoadFromEnumerable(rows, schema), stream));
    }

    /// <summary>The features, row after row.</summary>
    public IEnumerable<SongFeatures> ReadFeatures()
    {
        var features = Column<float[]>(nameof(Row.Features));
        return _view.Schema.GetColumnOrNull(nameof(Row.Mel)) is null
            ? features.Select(values => new SongFeatures { Features = values })
            : features.Zip(Column<float[]>(nameof(Row.Mel)), (values, mel) => new SongFeatures { Features = values, Mel = mel });
    }

    /// <summary>The features of the songs of a label file.</summary>
    /// <exception cref="LearningFileException">The file was made from other songs or in another way.</exception>
    /// <exception cref="LabelledDataException">A song names no audio file, by which it is known.</exception>
    public SongFeatures[] FeaturesOf(LabelledSongs songs, FeaturePipeline pipeline)
    {
        SongFault.RequireAudioPaths(songs);
        if (Pipeline != pipeline.Fingerprint)
            throw Misfit(Description == pipeline.Description
                ? $"it holds {Description} as another build computed them, with other options or other code"
                : $"it holds {Description}, but {pipeline.Description} is asked for");
        if (Songs.Count != songs.Songs.Count)
            throw Misfit($"it holds {Plural.Of(Songs.Count, "song")}, but {songs.File} has {songs.Songs.Count}");
        foreach (var (extracted, labelled) in Songs.Zip(songs.Songs))
        {
            var where = labelled.Line is { } line ? $"{songs.File}, line {line}" : songs.File; // the message names the song itself
            if (ExtractedSong.RelativePath(songs, labelled) is var path && path != extracted.Path)
                throw Misfit($"{where}: the song is {path} there and {extracted.Path} in the feature file");
            if (labelled.Mood != extracted.Mood)
                throw Misfit($"{where}: {path} is '{labelled.Mood}' there and '{extracted.Mood}' in the feature file");
            // Features may be used where the audio is not; where it is, it must be what was heard.
            if (File.Exists(labelled.AudioPath)
                && ExtractedSong.Of(songs, labelled) is var now
                    && (now.FileLength, now.FileModified) != (extracted.FileLength, extracted.FileModified))
                throw Misfit($"{where}: {path} has changed since it was heard");
        }
        var features = Guard(Path, () => ReadFeatures().ToArray());
        return Array.Find(features, song => !pipeline.Accepts(song)) is { } bad
            ? throw Misfit(bad.Mel is null ? $"a song has {Plural.Of(bad.Features.Length, "value")}, not {pipeline.FeatureType}"
                : $"a song has {bad.Features.Length} and {bad.Mel.Length} values, which are not {pipeline.FeatureType} and "
                    + $"{pipeline.MelType}")
            : features;
    }

    public void Dispose() => (_view as IDisposable)?.Dispose();

    private IEnumerable<T> Column<T>(string name) => _view.GetColumn<T>(name);

    private LearningFileException Misfit(string difference) => new($"{Path} does not fit: {difference}. {Term.MakeFeatureFileAgain}.");

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        // ML.NET has no exception type of its own for a bad file: it throws whatever its readers stumble over.
        catch (Exception error) when (error is not OutOfMemoryException and (not IOException or EndOfStreamException))
        {
            throw new LearningFileException(
                $"{path} is no feature file that {Term.FeatureFileWriter} wrote, or it is damaged "
                + $"({error.GetBaseException().Message.ReplaceLineEndings(" ")}).", error);
        }
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";

        public string Group { get; set; } = "";

        public float[] Features { get; set; } = [];

        public float[] Mel { get; set; } = [];

        public long FileLength { get; set; }

        public long FileModified { get; set; }

        /// <summary>The fingerprint of the pipeline; files have the column by this name since the first version.</summary>
        public string FrontEnd { get; set; } = "";

        public string MadeBy { get; set; } = "";
    }
}
