using SongMood.Prediction;
using SongMood.Reports;

namespace SongMood.Cli.Inspect;

/// <summary>What a model zip holds, as one JSON object; docs/json.md has the schema.</summary>
internal static class JsonDescription
{
    private const int Version = 1;

    /// <param name="output">Where to.</param>
    /// <param name="path">The zip, or null for the model that comes with SongMood.</param>
    /// <param name="description">What it holds.</param>
    public static void Write(TextWriter output, string? path, ModelDescription description) => JsonLine.Write(output, json =>
    {
        void Text(string name, string? value)
        {
            if (value is null)
                json.WriteNull(name);
            else
                json.WriteString(name, value);
        }
        void List(string name, IEnumerable<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        void Share(string name, double? value)
        {
            if (value is { } some)
                json.WriteNumber(name, some);
            else
                json.WriteNull(name);
        }

        json.WriteNumber("version", Version);
        Text("path", path);
        json.WriteNumber("sizeBytes", description.SizeBytes);
        Text("writtenBy", description.WriterName());
        List("inputs", description.InputColumns);
        List("steps", description.Steps);
        List("moods", description.Moods);
        if (description.Confidence is not { } confidence)
        {
            json.WriteNull("confidence");
            return;
        }
        json.WriteStartObject("confidence");
        json.WriteNumber("threshold", confidence.Threshold);
        json.WriteNumber("coverage", confidence.Coverage);
        Share("accuracyWhereSure", confidence.AccuracyWhereSure);
        Share("accuracyWhereUnsure", confidence.AccuracyWhereUnsure);
        json.WriteNumber("songs", confidence.SongCount);
        json.WriteEndObject();
    });

    /// <summary>Such as "Microsoft.ML 5.0.1"; null where the model does not say.</summary>
    public static string? WriterName(this ModelDescription description) =>
        description.WrittenBy is { } version ? $"Microsoft.ML {version.Split('+')[0]}" : null;
}
