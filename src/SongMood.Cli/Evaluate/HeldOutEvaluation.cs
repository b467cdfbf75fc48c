using SongMood.Cli.Learning;
using SongMood.Learning;

namespace SongMood.Cli.Evaluate;

/// <summary>Measures a way of training on songs that each model has not learnt from.</summary>
internal static class HeldOutEvaluation
{
    public static async Task<EvaluationResult> CrossValidateAsync(
        Learner learner, LabelledSongs songs, int folds, EvaluationOrigin origin, ToolConsole console, CancellationToken cancellation) =>
        Result($"{folds}-fold cross-validation", songs, await learner.CrossValidateAsync(folds, origin.Seed, console, cancellation), origin);

    public static async Task<EvaluationResult> HoldOutAsync(
        Learner learner, LabelledSongs songs, double fraction, EvaluationOrigin origin, ToolConsole console, CancellationToken cancellation)
    {
        var held = await learner.HoldOutAsync(fraction, origin.Seed, console, cancellation);
        return Result($"Trained on {songs.Songs.Count - held.Songs.Count} songs, measured", songs, held, origin);
    }

    private static EvaluationResult Result(string how, LabelledSongs songs, HeldOutPredictions held, EvaluationOrigin origin) =>
        new(how, songs, held.Songs, held.Predictions, origin)
        {
            Curves = held.Curves,
            Check = held.Check,
            CheckText = held.Check.Describe(origin.Group, held.Predictions.Parts is null ? "part" : "fold"),
            UnlearntMoods = held.UnlearntMoods,
        };
}
