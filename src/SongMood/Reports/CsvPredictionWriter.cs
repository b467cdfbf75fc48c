using System.Globalization;
using CsvHelper;

namespace SongMood.Reports;

/// <summary>
/// RFC 4180 with the columns path, mood, error and one a mood; for rows of tables, with what names the row instead of the path.
/// </summary>
internal sealed class CsvPredictionWriter : PredictionWriter
{
    private static readonly string[] RowColumns = ["file", "line", "path", "id", "title", "artist"];

    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<string> _moods;

    public CsvPredictionWriter(TextWriter output, IReadOnlyList<string> moods, bool ofRows)
    {
        _moods = moods;
        _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteRecord([.. ofRows ? RowColumns : ["path"], "mood", "error", .. moods]);
    }

    public override void Write(PredictedSong song)
    {
        string?[] name = song.Row is not { } row ? [song.Path]
            : [song.Path, row.Line?.ToString(CultureInfo.InvariantCulture), row.AudioPath, row.Id, row.Title, row.Artist];
        _csv.WriteRecord([.. name.Select(cell => cell ?? ""), song.Prediction?.Mood ?? "", song.Error ?? "",
            .. _moods.Select(mood => song.Prediction?.Scores[mood].ToString(CultureInfo.InvariantCulture) ?? "")]);
        _csv.Flush();
    }

    public override void Flush() => _csv.Flush();

    public override void Dispose()
    {
        base.Dispose();
        _csv.Dispose();
    }
}
