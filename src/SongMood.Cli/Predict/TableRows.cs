using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Reports;

namespace SongMood.Cli.Predict;

/// <summary>Predicts the rows of tables by a model of numbers.</summary>
internal static class TableRows
{
    /// <summary>
    /// All rows of all tables. A table is refused as a whole, before the first prediction, if a cell of it cannot be read.
    /// </summary>
    /// <exception cref="LabelledDataException">A table lacks a column, or has a cell that is no number.</exception>
    /// <exception cref="ArgumentException">A path is no table.</exception>
    public static IReadOnlyList<(string File, LabelledSong Row)> Read(IEnumerable<string> paths, NumericModel model, string modelPath) =>
        [.. paths.SelectMany(path => Read(path, model, modelPath).Select(row => (path, row)))];

    public static IEnumerable<PredictedSong> Predict(IReadOnlyList<(string File, LabelledSong Row)> rows, NumericModel model) =>
        rows.Zip(model.Score(rows.Select(row => row.Row.Features)), (row, scores) => new PredictedSong(row.File)
        {
            Row = row.Row,
            Prediction = scores.All(float.IsFinite) ? MoodPrediction.Of(model.Moods, scores) : null,
            Error = scores.All(float.IsFinite) ? null : $"{row.File}, line {row.Row.Line}: the model's scores are no numbers.",
        });

    private static IReadOnlyList<LabelledSong> Read(string path, NumericModel model, string modelPath)
    {
        if (Directory.Exists(path)
            || Audio.AudioFile.FileNameSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"{path} is no table. {modelPath} does not listen to songs: it takes CSV files with the "
                + $"{Plural.Word(model.Columns.Count, "column")} {string.Join(", ", model.Columns)}.");
        return model.ReadTable(path);
    }
}
