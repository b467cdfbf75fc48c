using SongMood.Audio;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Reports;

namespace SongMood.Cli.Predict;

/// <summary>One run of <c>songmood predict</c>: predictions in the order of the arguments, and what is to be said besides.</summary>
internal sealed class PredictionRun(ToolConsole console, PredictRequest request, PlaylistOutput? playlists = null)
{
    private readonly ToldRemarks _remarks = new();
    private int _heard;
    private int _failed;
    private int _wanted;

    /// <param name="paths">Files and folders.</param>
    /// <param name="songCount">How many songs these are, for the bar.</param>
    /// <param name="predictor">The model.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The tool's exit code.</returns>
    public async Task<int> SongsAsync(IEnumerable<string> paths, int songCount, MoodPredictor predictor, CancellationToken cancellation)
    {
        var found = new AudioPaths(paths);
        var writer = Writer(predictor.Moods, ofRows: false);
        var remarks = await HearAsync(found.Songs, songCount, predictor, writer, cancellation);
        writer.Dispose();
        Say([.. found.Remarks, .. remarks]);
        if (playlists is not null)
            Say([playlists.Save()]);
        return Done("could not be read");
    }

    /// <summary>Songs as they come, until the run is cancelled, which is how a watch ends.</summary>
    /// <returns>The tool's exit code.</returns>
    public async Task<int> WatchAsync(IReadOnlyList<string> folders, MoodPredictor predictor, CancellationToken cancellation)
    {
        var writer = Writer(predictor.Moods, ofRows: false);
        Say([$"Waiting for songs in {string.Join(", ", folders)}; Ctrl-C ends it."]);
        try
        {
            await foreach (var change in AudioFolderWatch.ChangesAsync(folders, cancellationToken: cancellation))
            {
                var remarks = await HearAsync(
                    change.Ready.Select(path => (path, (string?)null)), change.Ready.Count, predictor, writer, cancellation);
                writer.Flush();
                Say(remarks);
                if (playlists is null)
                    continue;
                foreach (var path in change.Gone)
                    playlists.Remove(path);
                Say([playlists.Save()]);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            writer.Flush(); // what was told in the middle of a batch
        }
        return Done("could not be read");
    }

    /// <returns>The tool's exit code.</returns>
    public int Rows(IEnumerable<string> paths, NumericModel model, string modelPath)
    {
        if (request.OfSongsOnly is { Length: > 0 } asked)
            throw new ArgumentException($"{modelPath} does not listen to songs, so it has nothing to say to {asked}: leave "
                + $"{(asked.Contains(',') ? "them" : "it")} out.");
        var rows = TableRows.Read(paths, model, modelPath);
        var writer = Writer(model.Moods, ofRows: true);
        foreach (var song in TableRows.Predict(rows, model))
        {
            Count(song.Error, isWanted: true);
            writer.Write(song);
        }
        writer.Dispose();
        return Done("could not be predicted");
    }

    /// <returns>What is to be said of the songs.</returns>
    private async Task<IReadOnlyList<string>> HearAsync(IEnumerable<(string Path, string? Error)> songs, int songCount,
        MoodPredictor predictor, PredictionWriter writer, CancellationToken cancellation)
    {
        var remarks = new List<string>();
        var run = new SongRun<SongPrediction>(console, request.Threads, (path, stop) => request.Ask(predictor, path, stop),
            (path, error) => new SongPrediction(new(path) { Error = error }));
        await run.GoThroughAsync(songs, songCount, song =>
        {
            Count(song.Song.Error, song.IsWanted);
            playlists?.Remove(song.Song.Path); // it may have been in one, and changed
            if (song.IsWanted)
                remarks.AddRange(Keep(song));
            return song.IsWanted;
        }, song => writer.Write(song.Song), cancellation);
        return remarks;
    }

    private IEnumerable<string> Keep(SongPrediction song)
    {
        if (song.Song.Prediction is not { } prediction)
            yield break;
        if (request.Format == "csv") // which has no place for them
            foreach (var remark in _remarks.Of(prediction))
                yield return $"{song.Song.Path}: {remark}";
        if (playlists?.Add(song) is { } leftOut)
            yield return leftOut;
    }

    private void Count(string? error, bool isWanted)
    {
        _heard++;
        _failed += error is null ? 0 : 1;
        _wanted += error is null && isWanted ? 1 : 0;
    }

    private int Done(string what)
    {
        if (request.Where is { } filter)
            Say([$"{_wanted} of {Plural.Of(_heard - _failed, "song")} {Plural.Word(_wanted, "is", "are")} as --where asks ({filter})."]);
        if (_failed == 0)
            return ExitCode.AllFine;
        Say([$"{_failed} of {_heard} {what}."]);
        return ExitCode.SomeFailed;
    }

    private void Say(IEnumerable<string> messages)
    {
        foreach (var message in messages)
            console.Say($"songmood: {message}");
    }

    private PredictionWriter Writer(IReadOnlyList<string> moods, bool ofRows) => request.Format switch
    {
        "json" => PredictionWriter.Json(console.Out, request.Embedding),
        "csv" => PredictionWriter.Csv(console.Out, moods, ofRows),
        _ => new TablePredictionWriter(console, moods),
    };
}
