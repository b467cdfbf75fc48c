using System.Globalization;
using CsvHelper;

namespace SongMood.Cli.Predict;

/// <summary>RFC 4180 with the columns path, mood, error and one a mood.</summary>
internal sealed class CsvPredictionWriter : IPredictionWriter
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<string> _moods;

    public CsvPredictionWriter(TextWriter output, IReadOnlyList<string> moods)
    {
        _moods = moods;
        _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteRecord(["path", "mood", "error", .. moods]);
    }

    public void Write(SongPrediction song)
    {
        _csv.WriteRecord([song.Path, song.Prediction?.Mood ?? "", song.Error ?? "",
            .. _moods.Select(mood => song.Prediction?.Scores[mood].ToString(CultureInfo.InvariantCulture) ?? "")]);
        _csv.Flush();
    }

    public void End() => _csv.Dispose();
}
