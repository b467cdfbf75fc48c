using Microsoft.ML;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>Features to learn from, between labelled songs and ML.NET's binary format.</summary>
internal static class FeatureRows
{
    /// <summary>A run that computes the features of labelled songs; <see cref="CatalogueRun.OfFeatures"/> says the rest.</summary>
    public static CatalogueRun RunOf(LabelledSongs songs, string path, CatalogueWorkers workers, MoodLearningOptions learning,
        CatalogueOptions options)
    {
        learning.Validate();
        if (!new LearningRecipe(learning).Listens)
            throw new MoodLearningException($"{Term.Columns} are in the label file already: there is nothing to extract.");
        SongFault.RequireAudioPaths(songs);
        var job = new CatalogueJob
        {
            Content = CatalogueContent.Features,
            Threads = options.Threads ?? Environment.ProcessorCount,
            Inputs = learning.Inputs,
            Seconds = learning.Seconds,
            LabelFile = songs.File,
        };
        return new CatalogueRun(songs.Songs.Select(song => new CatalogueSong(ExtractedSong.RelativePath(songs, song))
        {
            File = song.AudioPath,
            Line = song.Line,
        }), path, workers, options, job, row =>
        {
            var song = songs.Songs[(int)row.Position]; // what a person said may have changed since it was heard
            (row.Mood, row.Group) = (song.Mood, song.Group);
        });
    }

    /// <summary>Writes what 'songmood extract' writes, for 'train' and 'evaluate'.</summary>
    /// <exception cref="CatalogueException">A song has an error: it would be missing in what is learnt.</exception>
    public static async Task WriteFeatureFileAsync(
        CatalogueMerge merge, CatalogueMerge.RowCount count, string path, CancellationToken cancellation)
    {
        var songs = new List<ExtractedSong>();
        await foreach (var row in merge.RowsAsync(count, cancellation).ConfigureAwait(false))
            songs.Add(new ExtractedSong(
                row.Path, row.Mood ?? "", row.Group ?? "", row.FileBytes ?? 0, row.FileModified?.Ticks ?? 0));
        if (count.FailedCount > 0)
            throw new CatalogueException($"{count.FailedCount} of {Plural.Of(count.SongCount, "song")} could not be read, so {path} is not "
                + "written. Mend them and run their shards again: what is done is not done again.");
        var context = new MLContext();
        var pipeline = FeaturePipeline.Of(context,
            new LearningRecipe(new MoodLearningOptions { Inputs = merge.Recipe.Inputs!.Value, Seconds = merge.Recipe.Seconds }));
        if (pipeline.Fingerprint != merge.Recipe.Model)
            throw new CatalogueException("The shards were made by another version of SongMood. Run them again with this one.");
        using var rows = new Rows(merge, cancellation);
        FeatureFile.Write(context, path, pipeline, songs, rows.FeaturesOf);
    }

    /// <summary>The rows once more, one after the other; ML.NET begins at the first again as often as it likes.</summary>
    private sealed class Rows(CatalogueMerge merge, CancellationToken cancellation) : IDisposable
    {
        private IEnumerator<CatalogueRow>? _rows;

        public SongFeatures FeaturesOf(ExtractedSong song)
        {
            if (_rows is null || !TryReach(song))
            {
                _rows?.Dispose();
                _rows = merge.RowsAsync(new CatalogueMerge.RowCount(null), cancellation).ToBlockingEnumerable(cancellation).GetEnumerator();
                if (!TryReach(song))
                    throw new InvalidOperationException($"The shards hold no {song.Path}, though they did a moment ago.");
            }
            return new SongFeatures { Features = _rows.Current.Descriptors!, Mel = _rows.Current.Mel };
        }

        public void Dispose() => _rows?.Dispose();

        private bool TryReach(ExtractedSong song)
        {
            while (_rows!.MoveNext())
                if (_rows.Current.Path == song.Path)
                    return true;
            return false;
        }
    }
}
