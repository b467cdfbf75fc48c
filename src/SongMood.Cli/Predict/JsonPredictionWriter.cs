using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>One JSON object a line, written as soon as it is known.</summary>
internal sealed class JsonPredictionWriter(TextWriter output) : IPredictionWriter
{
    // Paths in any script stay readable; the output is a file or a pipe, never part of a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(SongPrediction song)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            if (song.Row is { } row)
                WriteRow(json, song.Path, row);
            else
                json.WriteString("path", song.Path);
            if (song.Prediction is { } prediction)
            {
                json.WriteString("mood", prediction.Mood);
                json.WriteStartObject("scores");
                foreach (var (mood, score) in prediction.Scores)
                    json.WriteNumber(mood, score); // the shortest digits that read back as the same number
                json.WriteEndObject();
                if (song.Row is null)
                    WriteRemarks(json, prediction.Remarks);
            }
            else
            {
                json.WriteString("error", song.Error);
            }
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Where the row is, and what names its song, as far as the table says it.</summary>
    private static void WriteRow(Utf8JsonWriter json, string file, LabelledSong row)
    {
        json.WriteString("file", file);
        json.WriteNumber("line", row.Line!.Value);
        foreach (var (name, value) in new[] { ("path", row.AudioPath), ("id", row.Id), ("title", row.Title), ("artist", row.Artist) })
            if (value is not null)
                json.WriteString(name, value);
    }

    private static void WriteRemarks(Utf8JsonWriter json, IReadOnlyList<PredictionRemark> remarks)
    {
        json.WriteStartArray("remarks");
        foreach (var remark in remarks)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(remark.Kind.ToString()));
            json.WriteString("text", remark.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public void End()
    {
    }
}
