using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SongMood.Reports;

/// <summary>JSON objects, each on a line of its own.</summary>
internal static class JsonLine
{
    // Paths in any script stay readable; the output is a file or a pipe, never part of a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object with what <paramref name="content"/> puts into it.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }
}
