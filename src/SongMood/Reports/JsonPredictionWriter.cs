using System.Text.Json;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Reports;

/// <summary>One JSON object a line, written as soon as it is known (docs/json.md has its schema).</summary>
internal sealed class JsonPredictionWriter(TextWriter output, bool withEmbedding) : PredictionWriter
{
    /// <summary>Raised where a reader of the one before would go wrong; a field more is no such change.</summary>
    public const int Version = 1;

    public override void Write(PredictedSong song) => JsonLine.Write(output, json =>
    {
        json.WriteNumber("version", Version);
        if (song.Row is { } row)
            WriteRow(json, song.Path, row);
        else
            json.WriteString("path", song.Path);
        if (song.Prediction is not { } prediction)
        {
            json.WriteString("error", song.Error);
            return;
        }
        WriteMood(json, prediction.Mood, prediction.Scores, prediction.Valence, prediction.Arousal);
        if (song.Row is null)
            WriteHeard(json, prediction);
        if (song.Timeline is { } timeline)
            WriteTimeline(json, timeline);
        if (song.Explanation is { } explanation)
            WriteWhy(json, explanation);
    });

    public override void Flush() => output.Flush();

    /// <summary>Where the row is, and what names its song, as far as the table says it.</summary>
    private static void WriteRow(Utf8JsonWriter json, string file, LabelledSong row)
    {
        json.WriteString("file", file);
        if (row.Line is { } line)
            json.WriteNumber("line", line);
        foreach (var (name, value) in new[] { ("path", row.AudioPath), ("id", row.Id), ("title", row.Title), ("artist", row.Artist) })
            if (value is not null)
                json.WriteString(name, value);
    }

    private static void WriteMood(
        Utf8JsonWriter json, string mood, IReadOnlyDictionary<string, float> scores, float? valence, float? arousal)
    {
        json.WriteString("mood", mood);
        json.WriteStartObject("scores");
        foreach (var (each, score) in scores)
            json.WriteNumber(each, score); // the shortest digits that read back as the same number
        json.WriteEndObject();
        WriteNumberOrNull(json, "valence", valence);
        WriteNumberOrNull(json, "arousal", arousal);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private void WriteHeard(Utf8JsonWriter json, MoodPrediction prediction)
    {
        if (prediction.IsUnsure is { } isUnsure)
            json.WriteBoolean("unsure", isUnsure);
        else
            json.WriteNull("unsure");
        json.WriteNumber("seconds", Math.Round(prediction.Duration.TotalSeconds, 3));
        json.WriteStartArray("remarks");
        foreach (var remark in prediction.Remarks)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(remark.Kind.ToString()));
            json.WriteString("text", remark.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (prediction.Features is { } features)
            WriteFeatures(json, features);
        if (!withEmbedding)
            return;
        json.WriteStartArray("embedding");
        foreach (var value in prediction.Embedding)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteFeatures(Utf8JsonWriter json, MusicFeatures features)
    {
        json.WriteStartObject("features");
        json.WriteNumber("tempoBpm", features.TempoBpm);
        json.WriteNumber("tempoConfidence", features.TempoConfidence);
        json.WriteString("key", features.Key);
        json.WriteString("mode", features.Mode == MusicMode.Major ? "major" : "minor");
        json.WriteNumber("keyStrength", features.KeyStrength);
        json.WriteNumber("loudnessLufs", features.LoudnessLufs);
        json.WriteNumber("loudnessRangeLu", features.LoudnessRangeLu);
        json.WriteNumber("danceability", features.Danceability);
        json.WriteNumber("brightnessHz", features.BrightnessHz);
        json.WriteNumber("onsetsPerSecond", features.OnsetsPerSecond);
        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, MoodTimeline timeline)
    {
        json.WriteStartObject("timeline");
        foreach (var (name, spans) in new[] { ("sections", timeline.Sections), ("windows", timeline.Windows) })
        {
            json.WriteStartArray(name);
            foreach (var span in spans)
            {
                json.WriteStartObject();
                json.WriteNumber("start", Math.Round(span.Start.TotalSeconds, 3));
                json.WriteNumber("end", Math.Round(span.End.TotalSeconds, 3));
                WriteMood(json, span.Mood, span.Scores, span.Valence, span.Arousal);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteWhy(Utf8JsonWriter json, MoodExplanation explanation)
    {
        json.WriteStartObject("why");
        json.WriteString("text", explanation.ToString());
        json.WriteString("mood", explanation.Mood);
        json.WriteStartObject("changes");
        foreach (var part in explanation.Parts)
            json.WriteNumber(part.Group, part.Change);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
