using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>One run of <c>songmood predict</c>: predictions in the order of the arguments, and what is to be said besides.</summary>
internal sealed class PredictionRun(ToolConsole console, PredictRequest request)
{
    /// <returns>The tool's exit code.</returns>
    public async Task<int> SongsAsync(IEnumerable<string> paths, MoodPredictor predictor, CancellationToken cancellation)
    {
        var found = AudioPaths.Expand(paths);
        var failed = 0;
        var remarks = found.Remarks.ToList();
        var heldBack = new List<SongPrediction>();
        var writer = Writer(predictor.Moods, ofRows: false);
        await console.WithProgressAsync(async progress =>
        {
            var steps = new StepCounter(progress, LearningActivity.Listening, found.Songs.Count);
            await foreach (var song in OrderedParallel.SelectAsync(
                found.Songs, (song, stop) => Predict(predictor, song.Path, song.Error, stop), request.Threads, cancellation))
            {
                failed += song.Error is null ? 0 : 1;
                if (request.Format == "csv" && song.Prediction is { } prediction) // which has no place for them
                    remarks.AddRange(prediction.Remarks.Select(remark => $"{song.Path}: {remark}"));
                if (console.HoldsResultsBack)
                    heldBack.Add(song);
                else
                    writer.Write(song);
                steps.Step();
            }
            return true;
        });
        heldBack.ForEach(writer.Write);
        writer.End();
        foreach (var remark in remarks)
            console.Say($"songmood: {remark}");
        return Done(failed, found.Songs.Count, "could not be read");
    }

    /// <inheritdoc cref="SongsAsync"/>
    public int Rows(IEnumerable<string> paths, NumericModel model, string modelPath)
    {
        if (request.Extras.Length > 0)
            throw new ArgumentException($"{modelPath} does not listen to songs, so it has nothing to say to {request.Extras}: leave "
                + "them out.");
        var rows = TableRows.Read(paths, model, modelPath);
        var writer = Writer(model.Moods, ofRows: true);
        var failed = 0;
        foreach (var song in TableRows.Predict(rows, model))
        {
            failed += song.Error is null ? 0 : 1;
            writer.Write(song);
        }
        writer.End();
        return Done(failed, rows.Count, "could not be predicted");
    }

    private int Done(int failed, int count, string what)
    {
        if (failed == 0)
            return ExitCode.AllFine;
        console.Say($"songmood: {failed} of {count} {what}.");
        return ExitCode.SomeFailed;
    }

    private IPredictionWriter Writer(IReadOnlyList<string> moods, bool ofRows) => request.Format switch
    {
        "json" => new JsonPredictionWriter(console.Out, request),
        "csv" => new CsvPredictionWriter(console.Out, moods, ofRows),
        _ => new TablePredictionWriter(console, moods),
    };

    private SongPrediction Predict(MoodPredictor predictor, string path, string? error, CancellationToken cancellation)
    {
        if (error is not null)
            return new SongPrediction(path, null, error);
        try
        {
            return request.Ask(predictor, path, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            return new SongPrediction(path, null, ErrorMessage.Of(failure)); // the others go on
        }
    }
}
