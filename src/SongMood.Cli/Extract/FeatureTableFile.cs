using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Learning;

namespace SongMood.Cli.Extract;

/// <summary>Features as a table, or as a shard of a larger file.</summary>
internal static class FeatureTableFile
{
    /// <summary>What is written: the name says it, or the option where the name says nothing.</summary>
    /// <exception cref="ArgumentException">They contradict each other.</exception>
    public static string FormatOf(string path, string? asked, bool isShard)
    {
        var named = ResultName.FeatureFormatOf(path);
        if (asked is not null && asked != named && (named != "idv" || isShard))
            throw new ArgumentException($"--format is {asked}, but the name {path} says {named}: leave one of them out.");
        return asked ?? named;
    }

    /// <exception cref="ArgumentException">The format has no place for what is computed.</exception>
    public static void Check(string format, SongInput inputs)
    {
        if (format == "csv" && !FeatureCsvWriter.CanWrite(inputs) && inputs != SongInput.Columns)
            throw FeatureCsvWriter.NoColumns();
    }

    /// <returns>The tool's exit code.</returns>
    public static async Task<int> WriteAsync(LabelledSongs songs, string path, MoodLearningOptions learning, string format,
        CatalogueOptions options, ToolConsole console, CancellationToken cancellation)
    {
        var isWhole = options.Shard is null;
        // Rows of Parquet become lines once all of them are there.
        var run = CatalogueRun.OfFeatures(songs, path, CatalogueWorkerCommand.Workers(console), learning,
            isWhole && format == "csv" ? options with { Shard = new Shard(1, 1) } : options);
        var exitCode = await CatalogueConsole.RunAsync(run, songs.Songs.Count, () => [], console, cancellation);
        if (isWhole && format == "csv")
        {
            await using (var merge = await CatalogueMerge.OpenAsync(path, 1, cancellation))
                await merge.WriteAsync(cancellationToken: cancellation);
            console.Say($"Wrote {path}.");
            File.Delete(run.Path);
            Directory.Delete(Path.GetDirectoryName(run.Path)!);
        }
        return exitCode;
    }
}
