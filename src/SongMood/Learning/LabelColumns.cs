using CsvHelper;

namespace SongMood.Learning;

/// <summary>Where each wanted column stands in one label file.</summary>
internal sealed class LabelColumns
{
    private static readonly string[] MoodNames = ["mood", "label", "emotion"];
    private static readonly string[] PathNames = ["path", "file", "filename"];

    private readonly string _file;
    private readonly string[] _headers;
    private readonly LabelledSongsOptions _options;
    private readonly int _mood, _path, _group, _artist, _title, _id;
    private readonly int[] _numbers;

    /// <exception cref="LabelledDataException">The header lacks a column, or has one twice.</exception>
    public LabelColumns(string file, IReadOnlyList<string> headers, LabelledSongsOptions options)
    {
        _file = file;
        _headers = [.. headers.Select(header => header.Trim())];
        _options = options;
        if (_headers.All(string.IsNullOrEmpty))
            throw new LabelledDataException(file, null, null,
                $"the file is empty. Expected a header line with at least {Wanted(options)}, then one row a song.");
        _mood = options.RequireMood ? Find(required: true, MoodNames) : -1;
        _path = Find(options.RequireAudio, PathNames);
        _group = Find(required: options.GroupColumn != LabelledSongsOptions.DefaultGroupColumn, options.GroupColumn);
        _artist = FindUnasked(LabelledSongsOptions.DefaultGroupColumn);
        _title = FindUnasked("title", "name");
        _id = options.IdColumn == LabelledSongsOptions.DefaultIdColumn
            ? FindUnasked(options.IdColumn) : Find(required: true, options.IdColumn);
        _numbers = [.. options.FeatureColumns.Select(name => Find(required: true, name))];
    }

    /// <summary>
    /// How many of the columns a header has that the file cannot do without: the mood, the path, the numbers, whichever are asked for.
    /// </summary>
    public static int CountWanted(IEnumerable<string> headers, LabelledSongsOptions options)
    {
        var names = headers.Select(header => header.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (options.RequireMood && MoodNames.Any(names.Contains) ? 1 : 0)
            + (options.RequireAudio && PathNames.Any(names.Contains) ? 1 : 0)
            + options.FeatureColumns.Count(names.Contains);
    }

    private static string Wanted(LabelledSongsOptions options) => options.RequireMood ? "the columns path and mood"
        : $"the {Plural.Word(options.FeatureColumns.Count, "column")} {string.Join(", ", options.FeatureColumns)}";

    public string MoodHeader => _headers[_mood];

    public string PathHeader => _headers[_path];

    public string NumberHeader(int number) => _headers[_numbers[number]];

    /// <summary>
    /// The row on which the reader stands; null for one with too many cells or too few, and for one of nothing but separators, as
    /// spreadsheets write them. Cells that must not be empty are among the faults where they are.
    /// </summary>
    public LabelRow? Read(CsvReader reader, LabelFaults faults)
    {
        var line = (int)reader.LineNumber;
        if (Enumerable.Range(0, reader.FieldCount).All(reader.IsEmpty))
            return null;
        if (reader.FieldCount != _headers.Length)
        {
            faults.Add(line, null, $"the row has {Plural.Of(reader.FieldCount, "cell")}, the header {_headers.Length}",
                "Quote cells that contain the separator, and write numbers with a decimal point.");
            return null;
        }
        var (mood, path) = (Text(reader, _mood), Text(reader, _path));
        var numbers = Array.ConvertAll(_numbers, column => Text(reader, column));
        int[] needed =
            [.. _options.RequireMood ? [_mood] : Array.Empty<int>(), .. _options.RequireAudio ? [_path] : Array.Empty<int>(), .. _numbers];
        var empty = needed.Distinct().Where(column => Text(reader, column) is null).ToArray();
        foreach (var column in empty)
            faults.Add(line, _headers[column], "the cell is empty", "Fill empty cells or remove their rows.");
        if (mood?.FirstOrDefault(char.IsControl) is { } control and not '\0')
            faults.Add(line, _headers[_mood], $"the mood has a character U+{(int)control:X4}, which cannot be shown",
                "Write moods in letters, digits and signs.");
        return new LabelRow(line, mood, path, Text(reader, _group), numbers)
        {
            Artist = Text(reader, _artist),
            Title = Text(reader, _title),
            Id = Text(reader, _id),
        };
    }

    private static string? Text(CsvReader reader, int column) =>
        column >= 0 && reader.GetString(column).Trim() is { Length: > 0 } text ? text : null;

    private int[] Places(string name) =>
        [.. Enumerable.Range(0, _headers.Length).Where(i => _headers[i].Equals(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The first of these columns that is there once: nobody asked for it, so it is no fault if it is not.</summary>
    private int FindUnasked(params string[] names) => names.Select(Places).FirstOrDefault(found => found.Length == 1, [-1])[0];

    /// <param name="required">Whether it is a fault if there is none.</param>
    /// <param name="names">The column's own name, which comes first, and other names that it goes by.</param>
    private int Find(bool required, params string[] names)
    {
        foreach (var name in names)
            if (Places(name) is { Length: > 1 } several)
                throw new LabelledDataException(_file, 1, name, $"{several.Length} columns have this name. Keep one of them.");
        if (Places(names[0]) is [var own])
            return own;
        var others = names.Skip(1).SelectMany(Places).ToArray();
        return others switch
        {
            [var other] => other,
            [] when !required => -1,
            [] => throw new LabelledDataException(_file, null, names[0],
                $"there is no such column. Columns found: {string.Join(", ", _headers)}."
                + (_headers.Length == 1 ? " Columns are separated by commas, semicolons or tabs." : "")),
            _ => throw new LabelledDataException(_file, 1, names[0],
                $"there is no such column, and {string.Join(" and ", others.Select(i => $"'{_headers[i]}'"))} may both be meant. "
                + $"Name one of them {names[0]}."),
        };
    }
}

/// <summary>The cells of a row that count, trimmed; null for an empty one.</summary>
internal sealed record LabelRow(int Line, string? Mood, string? Path, string? Group, string?[] Numbers)
{
    public string? Artist { get; init; }

    public string? Title { get; init; }

    public string? Id { get; init; }
}
