using Microsoft.ML;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>Computes features to learn from, as <see cref="FeatureExtraction"/> does.</summary>
internal sealed class FeatureWork : ISongWork
{
    private readonly Func<Exception, string> _describe;
    private readonly FeatureExtractor _extractor;

    public FeatureWork(CatalogueJob job, Func<Exception, string> describe)
    {
        _describe = describe;
        var pipeline = FeaturePipeline.Of(new MLContext(),
            new LearningRecipe(new MoodLearningOptions { Inputs = job.Inputs!.Value, Seconds = job.Seconds }));
        _extractor = new FeatureExtractor(pipeline, job.LabelFile!);
        Recipe = new CatalogueRecipe
        {
            Content = CatalogueContent.Features,
            SongMood = SongMoodVersion.Text,
            Model = pipeline.Fingerprint,
            DescriptorNames = [.. pipeline.SlotNames],
            WithDescriptors = true,
            Inputs = job.Inputs,
            Seconds = job.Seconds,
        };
    }

    public CatalogueRecipe Recipe { get; }

    public HeardSong Hear(CatalogueSong song, CancellationToken cancellation)
    {
        var row = new CatalogueRow { Path = song.Path, FileState = FileState.Of(song.FilePath) };
        var labelled = new LabelledSong { AudioPath = song.FilePath, Mood = "", Line = song.Line };
        try
        {
            var features = _extractor.Compute(labelled, cancellation);
            (row.Descriptors, row.Mel) = (features.Features, features.Mel);
            if (SongDamage.Of(labelled, features.Damage) is { } damage)
                row.Remarks = [$"{damage}"];
        }
        catch (LabelledDataException unreadable)
        {
            row.Error = _describe(unreadable);
        }
        return new HeardSong(row, null);
    }

    public void Dispose() => _extractor.Dispose();
}
