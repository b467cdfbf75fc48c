using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace SongMood.Formats.Tags;

/// <summary>One change of one file: what its bytes were before, as far as they are not those of the changed file.</summary>
internal sealed record TagJournalEntry
{
    private const int Version = 1;

    public required string Path { get; init; }

    /// <summary>SHA-256 of all bytes before, in hexadecimal.</summary>
    public required string OldHash { get; init; }

    /// <summary>SHA-256 of all bytes after.</summary>
    public required string NewHash { get; init; }

    /// <summary>When the file had been written last.</summary>
    public required DateTime OldTimeUtc { get; init; }

    /// <summary>How the old bytes are made of the new ones.</summary>
    public required IReadOnlyList<ByteDelta.Part> Old { get; init; }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>One line of JSON, in UTF-8, with its end.</summary>
    public byte[] ToLine()
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("path", Path);
            json.WriteString("oldSha256", OldHash);
            json.WriteString("newSha256", NewHash);
            json.WriteString("oldTime", OldTimeUtc.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartArray("old");
            foreach (var part in Old)
                WritePart(json, part);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <exception cref="FormatException">The line is no entry; the message says why.</exception>
    public static TagJournalEntry Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.GetProperty("version").GetInt32() is not Version and var version)
                throw new FormatException(
                    FormattableString.Invariant($"its version is {version}; expected {Version}: a later SongMood wrote it"));
            return new TagJournalEntry
            {
                Path = Text("path"),
                OldHash = Text("oldSha256"),
                NewHash = Text("newSha256"),
                OldTimeUtc = DateTime.Parse(Text("oldTime"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                Old = [.. entry.GetProperty("old").EnumerateArray().Select(ReadPart)],
            };

            string Text(string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"it is no entry of a journal of tags ({error.Message})", error);
        }
    }

    /// <summary>The old bytes.</summary>
    /// <exception cref="FormatException">The entry is damaged.</exception>
    public byte[] Restore(ReadOnlySpan<byte> changed)
    {
        foreach (var part in Old)
            if (part.Length < 0 || part.CopyFrom < 0 || (part.IsCopy && (long)part.CopyFrom + part.Length > changed.Length))
                throw Damaged();
        var old = ByteDelta.Apply(Old, changed);
        return Hash(old) == OldHash ? old : throw Damaged();
    }

    private static FormatException Damaged() => new("the journal's entry for it is damaged: it does not give the old bytes");

    private static void WritePart(Utf8JsonWriter json, ByteDelta.Part part)
    {
        if (!part.IsCopy)
        {
            json.WriteBase64StringValue(part.Given.Span);
            return;
        }
        json.WriteStartArray();
        json.WriteNumberValue(part.CopyFrom);
        json.WriteNumberValue(part.Length);
        json.WriteEndArray();
    }

    private static ByteDelta.Part ReadPart(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
            return part.GetBytesFromBase64() is var given ? new ByteDelta.Part(0, given.Length, given) : default;
        return part.GetArrayLength() == 2 ? new ByteDelta.Part(part[0].GetInt32(), part[1].GetInt32(), default)
            : throw new FormatException($"a part has {part.GetArrayLength()} numbers; expected a place and a length");
    }
}
