using Microsoft.ML;
using SongMood.Cli.Learning;
using SongMood.Learning;

namespace SongMood.Cli.Extract;

/// <summary>Writes a feature file, song by song: what is done is not done again.</summary>
internal static class Extraction
{
    private const int FailuresShown = 20;

    /// <returns>The tool's exit code.</returns>
    public static async Task<int> RunAsync(
        ToolConsole console, string path, LabelledSongs songs, Recipe recipe, int threads, CancellationToken cancellation)
    {
        var context = new MLContext();
        var frontEnd = FrontEnd.Of(context, recipe);
        var finished = new FinishedSongs(path + ".parts", frontEnd);
        var wanted = songs.Songs.Select(song => ExtractedSong.Of(songs, song)).ToArray();
        if (File.Exists(path))
        {
            using var before = FeatureFile.Open(context, path);
            if (before.FrontEnd == frontEnd.Fingerprint)
            {
                if (before.Songs.SequenceEqual(wanted))
                {
                    finished.Remove();
                    console.Say($"{path} is up to date: {wanted.Length} songs.");
                    return ExitCode.AllFine;
                }
                TakeOver(before, wanted, finished);
            }
        }

        var failures = new List<LabelledDataException>();
        var open = wanted.Index().Where(pair => !finished.Contains(pair.Item)).DistinctBy(pair => pair.Item).Select(pair => pair.Index).ToArray();
        console.Say($"{wanted.Length} songs, {wanted.Length - open.Length} of them done before.");
        try
        {
            using var extractor = new FeatureExtractor(context, frontEnd, songs.File);
            await console.WithProgressAsync("Listening", open.Length, async step =>
            {
                await foreach (var failure in OrderedParallel.SelectAsync(open, Extract, threads, cancellation))
                {
                    if (failure is not null)
                        failures.Add(failure);
                    step(null);
                }
                return true;
            });

            LabelledDataException? Extract(int song)
            {
                SongFeatures features;
                try
                {
                    features = extractor.Compute(songs.Songs[song]);
                }
                catch (LabelledDataException unreadable)
                {
                    return unreadable; // the others go on, so that all such songs are known after one run
                }
                finished.Add(wanted[song], features);
                return null;
            }
        }
        catch (OperationCanceledException)
        {
            console.Say($"{wanted.Count(finished.Contains)} of {wanted.Length} songs are done; the same command goes on from there.");
            throw;
        }
        if (failures.Count > 0)
            return Report(console, failures, wanted.Length, path);

        FeatureFile.Write(context, path, frontEnd, wanted, song =>
        {
            cancellation.ThrowIfCancellationRequested();
            return finished.Read(song);
        });
        finished.Remove();
        console.Say($"Wrote {path}: {frontEnd.Description} of {wanted.Length} songs ({new FileInfo(path).Length / 1024.0:F0} KiB).");
        return ExitCode.AllFine;
    }

    /// <summary>Keeps what an earlier file knows of these songs.</summary>
    private static void TakeOver(FeatureFile before, ExtractedSong[] wanted, FinishedSongs finished)
    {
        static (string, long, long) Heard(ExtractedSong song) => (song.Path, song.FileLength, song.FileModified);
        var heard = wanted.Select(Heard).ToHashSet();
        foreach (var (song, features) in before.Songs.Zip(before.ReadFeatures()))
            if (heard.Contains(Heard(song)) && !finished.Contains(song))
                finished.Add(song, features);
    }

    private static int Report(ToolConsole console, List<LabelledDataException> failures, int songCount, string path)
    {
        foreach (var failure in failures.Take(FailuresShown))
            console.Say("songmood: " + failure.Message);
        if (failures.Count > FailuresShown)
            console.Say($"songmood: and {failures.Count - FailuresShown} more");
        console.Say($"songmood: {failures.Count} of {songCount} songs could not be read, so {path} is not written. "
            + "The others are kept: the same command goes on from there once these are mended.");
        return ExitCode.NotDone;
    }
}
