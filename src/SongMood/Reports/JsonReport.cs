using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Reports;

/// <summary>What was measured, as JSON; docs/evaluation.md lists the names. What is not a number is null.</summary>
/// <example><code>
/// var model = ModelEvaluation.Open("moods.zip");
/// var judged = await model.RunAsync(LabelledSongs.Read("labels.csv", model.LabelOptions()));
/// using var file = File.Create("judged.json");
/// judged.WriteJson(file);
/// </code></example>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Names in any script stay readable; the file is never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new OnlyFinite<double>(), new OnlyFinite<float>(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes what was measured, with all digits and what was said of each song.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void WriteJson(this EvaluationResult result, Stream stream) => JsonSerializer.Serialize(stream, new
    {
        what = result.What,
        command = result.Origin.Command,
        date = result.Origin.Started,
        version = EvaluationOrigin.Version,
        settings = result.Origin.Settings,
        dataSha256 = result.Origin.DataSha256,
        result.Moods,
        songs = result.Metrics.SongCount,
        unscored = result.Metrics.UnscoredCount,
        result.Metrics.Accuracy,
        result.Metrics.BalancedAccuracy,
        macroF1 = result.Metrics.MacroF1,
        result.Metrics.LogLoss,
        result.Metrics.ExpectedCalibrationError,
        intervals = Intervals(result),
        foldAccuracies = result.FoldAccuracies,
        perMood = result.Metrics.PerMood.Zip(result.Intervals.F1PerMood, (score, interval) => new
        {
            score.Mood,
            score.Precision,
            score.Recall,
            f1 = score.F1,
            score.Support,
            score.PredictedCount,
            f1Interval = Pair(interval),
        }),
        confusion = Enumerable.Range(0, result.Moods.Count).Select(actual =>
            Enumerable.Range(0, result.Moods.Count).Select(predicted => result.Metrics.Confusion[actual, predicted])),
        reliability = Bins(result.Metrics),
        calibration = result.Calibrated is not { } calibrated ? null : new
        {
            temperatures = result.Calibration!.Temperatures.Values,
            calibrated.LogLoss,
            calibrated.ExpectedCalibrationError,
            reliability = Bins(calibrated),
        },
        splitCheck = new
        {
            text = result.CheckText,
            groupsAreApart = result.Check?.GroupsAreApart,
            groups = result.Check?.GroupCount,
            parts = result.Check?.PartCount,
            songsWithoutGroup = result.Check?.SongsWithoutGroup,
            leaks = result.Check?.Leaks.Select(leak => new { leak.Kind, leak.Name, songs = leak.Songs.Count }),
        },
        notes = result.Notes,
        comparison = result.Comparison is { } comparison ? Comparison(comparison) : null,
        learningCurves = result.Curves.Select(curve => curve.Select(epoch => new
        {
            epoch.Epoch,
            epoch.TrainingLoss,
            epoch.TrainingAccuracy,
            epoch.ValidationLoss,
            epoch.ValidationAccuracy,
            epoch.LearningRate,
        })),
        predictions = result.Songs.Select((song, i) => new
        {
            song.Line,
            path = song.AudioPath is null ? null : result.NameOf(song),
            song.Id,
            song.Artist,
            song.Title,
            group = song.Group,
            actual = result.Moods[result.Predictions.Actual[i]],
            predicted = result.Predictions.Predicted(i) is { } predicted ? result.Moods[predicted] : null,
            fold = result.Predictions.Parts?[i],
            probabilities = result.Predictions.Probabilities[i],
        }),
    }, Options);

    private static object Comparison(ModelComparison comparison) => new
    {
        other = comparison.Other.How,
        comparison.Other.Metrics.Accuracy,
        comparison.Other.Metrics.BalancedAccuracy,
        macroF1 = comparison.Other.Metrics.MacroF1,
        comparison.Other.Metrics.LogLoss,
        comparison.Other.Metrics.ExpectedCalibrationError,
        comparison.Difference.Difference,
        differenceInterval = Pair(comparison.Difference.Interval),
        comparison.BothRight,
        comparison.OnlyFirstRight,
        comparison.OnlyOtherRight,
        comparison.NeitherRight,
        predictions = Enumerable.Range(0, comparison.Other.Songs.Count).Select(song => new
        {
            predicted = comparison.Other.Predictions.Predicted(song) is { } predicted ? comparison.Other.Moods[predicted] : null,
            probabilities = comparison.Other.Moods.Zip(comparison.Other.Predictions.Probabilities[song])
                .ToDictionary(pair => pair.First, pair => pair.Second),
        }),
    };

    private static object Intervals(EvaluationResult result) => new
    {
        result.Intervals.Level,
        result.Intervals.Resamples,
        result.Origin.Seed,
        unit = result.Intervals.IsByGroup ? result.Origin.Group : "song",
        units = result.Intervals.UnitCount,
        accuracy = Pair(result.Intervals.Accuracy),
        balancedAccuracy = Pair(result.Intervals.BalancedAccuracy),
        macroF1 = Pair(result.Intervals.MacroF1),
    };

    private static double[]? Pair(ConfidenceInterval? interval) => interval is null ? null : [interval.Lower, interval.Upper];

    private static object Bins(MoodMetrics metrics) =>
        metrics.ReliabilityBins.Select(bin => new { bin.Lower, bin.Upper, songs = bin.SongCount, bin.Confidence, bin.Accuracy });

    /// <summary>JSON has no NaN and no infinity.</summary>
    private sealed class OnlyFinite<T> : JsonConverter<T> where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Reports are only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (!T.IsFinite(value))
                writer.WriteNullValue();
            else if (value is float single)
                writer.WriteNumberValue(single); // the shortest digits that read back as the same number
            else
                writer.WriteNumberValue(double.CreateChecked(value));
        }
    }
}
