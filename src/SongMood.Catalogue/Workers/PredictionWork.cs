using Microsoft.ML;
using SongMood.Audio;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Catalogue;

/// <summary>Tells the mood of songs, and what else is asked for.</summary>
internal sealed class PredictionWork : ISongWork
{
    // A song is predicted in pieces; its descriptors are those of all of it at once.
    private const string WithoutDescriptors = $"leave the descriptors out ({nameof(CatalogueOptions)}."
        + $"{nameof(CatalogueOptions.WithDescriptors)}, --descriptors), or {AudioReadOptions.TakePart}";

    private readonly CatalogueJob _job;
    private readonly Func<Exception, string> _describe;
    private readonly MoodPredictor _predictor;
    private readonly FeatureExtractor? _descriptors;

    public PredictionWork(CatalogueJob job, Func<Exception, string> describe)
    {
        (_job, _describe) = (job, describe);
        var options = new MoodPredictorOptions
        {
            MaximumDuration = job.MaximumDuration ?? new MoodPredictorOptions().MaximumDuration,
            MaximumBytesAtOnce = Array.MaxLength,
            UnsureBelow = job.UnsureBelow,
            WithFeatures = job.WithFeatures,
            CoresPerSong = 1, // the others hear other songs
        };
        _predictor = job.ModelPath is null ? MoodPredictor.LoadPretrained(options) : MoodPredictor.Load(job.ModelPath, options);
        if (job.WithEmbedding && _predictor.EmbeddingSize == 0)
            throw new ArgumentException($"{job.ModelPath} gives no embedding, by which songs could be compared. Take the pretrained model, "
                + "or train one with 'songmood train'.");
        FeaturePipeline? pipeline = null;
        if (job.WithDescriptors)
        {
            pipeline = FeaturePipeline.Of(new MLContext(), new LearningRecipe(new MoodLearningOptions
            {
                Inputs = SongInput.Descriptors,
            }));
            _descriptors = new FeatureExtractor(pipeline, "the list", advice: (WithoutDescriptors, WithoutDescriptors));
        }
        Recipe = new CatalogueRecipe
        {
            Content = job.Content,
            SongMood = SongMoodVersion.Text,
            Model = _predictor.ModelId,
            Moods = [.. _predictor.Moods],
            WithFeatures = job.WithFeatures,
            WithEmbedding = job.WithEmbedding,
            EmbeddingSize = job.WithEmbedding ? _predictor.EmbeddingSize : 0,
            WithDescriptors = job.WithDescriptors,
            DescriptorNames = [.. pipeline?.SlotNames ?? []],
            MaximumDuration = job.MaximumDuration,
            UnsureBelow = job.UnsureBelow,
        };
    }

    public CatalogueRecipe Recipe { get; }

    public HeardSong Hear(CatalogueSong song, CancellationToken cancellation)
    {
        var row = new CatalogueRow { Path = song.Path, FileState = FileState.Of(song.FilePath) };
        var source = new RelayedSong(song.FilePath);
        try
        {
            var prediction = _predictor.Predict(source, cancellation);
            if (_descriptors?.Compute(new LabelledSong { AudioPath = song.FilePath, Mood = "" }, cancellation) is { } descriptors)
                row.Descriptors = descriptors.Features;
            Note(prediction, row);
            Note(source.Info!, row);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            row = new CatalogueRow { Path = song.Path, FileState = row.FileState, Error = _describe(failure) };
        }
        return new HeardSong(row, source.Measures);
    }

    public void Dispose()
    {
        _predictor.Dispose();
        _descriptors?.Dispose();
    }

    private void Note(MoodPrediction prediction, CatalogueRow row)
    {
        row.Mood = prediction.Mood;
        row.Scores = [.. prediction.Scores.Values];
        row.IsUnsure = prediction.IsUnsure;
        row.HeardSeconds = prediction.Duration.TotalSeconds;
        row.DamagedFrames = prediction.DamagedFrameCount;
        row.RemarkKinds = [.. prediction.Remarks.Select(remark => $"{remark.Kind}")];
        row.Remarks = [.. prediction.Remarks.Select(remark => remark.Text)];
        row.Features = prediction.Features;
        if (_job.WithEmbedding)
            row.Embedding = [.. prediction.Embedding];
    }

    private static void Note(AudioInfo info, CatalogueRow row)
    {
        row.Format = info.Format;
        row.SampleRateHz = info.SampleRate;
        row.Channels = info.ChannelCount;
        row.DurationSeconds = info.Duration.TotalSeconds;
        (row.Title, row.Artist, row.Album, row.Year, row.Genre) = (info.Title, info.Artist, info.Album, info.Year, info.Genre);
    }
}
