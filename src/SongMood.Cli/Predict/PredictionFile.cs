using SongMood.Catalogue;
using SongMood.Cli.Catalogue;

namespace SongMood.Cli.Predict;

/// <summary>Predictions that are written as a Parquet file, or as a shard of a larger file.</summary>
internal static class PredictionFile
{
    /// <returns>The tool's exit code.</returns>
    public static Task<int> WriteAsync(IEnumerable<string> paths, PredictRequest request, string output, CatalogueOptions options,
        int songCount, ToolConsole console, CancellationToken cancellation)
    {
        if (request.NotOfFiles is { Length: > 0 } asked)
            throw new ArgumentException($"Shards and Parquet files have no place for {asked}: leave it out.");
        return WriteAsync(paths, output, options, songCount, console, cancellation);
    }

    /// <inheritdoc cref="WriteAsync(IEnumerable{string}, PredictRequest, string, CatalogueOptions, int, ToolConsole, CancellationToken)"/>
    public static Task<int> WriteAsync(IEnumerable<string> paths, string output, CatalogueOptions options, int songCount,
        ToolConsole console, CancellationToken cancellation)
    {
        var found = new AudioPaths(paths);
        var songs = found.Songs.Select(song => new CatalogueSong(song.Path) { Error = song.Error });
        var run = new CatalogueRun(songs, output, CatalogueWorkerCommand.Workers(console), options);
        return CatalogueConsole.RunAsync(run, songCount > 0 ? songCount : null, () => found.Remarks, console, cancellation);
    }
}
