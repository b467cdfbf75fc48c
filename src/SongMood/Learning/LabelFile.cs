using CsvHelper;

namespace SongMood.Learning;

/// <summary>Reads a label file whole, and finds all that is wrong with its cells before it refuses it.</summary>
internal static class LabelFile
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <exception cref="LabelledDataException">The file cannot be used.</exception>
    public static (IReadOnlyList<LabelledSong> Songs, IReadOnlyList<string> Remarks) Read(string file, LabelledSongsOptions options)
    {
        var text = LabelText.Read(file);
        var faults = new LabelFaults(file);
        var rows = new List<LabelRow>();
        try
        {
            var separator = SeparatorOf(file, text, options);
            using var reader = Open(text, separator);
            var columns = new LabelColumns(file, reader.Headers, options);
            while (reader.Read())
                if (columns.Read(reader, faults) is { } row)
                    rows.Add(row);
            if (rows.Count == 0 && !faults.Any)
                throw new LabelledDataException(file, null, null, "there is a header but no row below it. Add one row a song.");
            var numbers = new LabelNumbers(rows, separator);
            return Songs(file, rows, columns, numbers, options, faults);
        }
        catch (CsvFormatException malformed)
        {
            faults.Add((int)malformed.LineNumber, null, $"the quoting is broken ({malformed.Message.TrimEnd('.')})",
                "A cell with separators, quotes or line breaks stands in double quotes, and a quote inside it is doubled.", malformed);
            throw faults.ToException();
        }
    }

    private static (IReadOnlyList<LabelledSong>, IReadOnlyList<string>) Songs(
        string file, List<LabelRow> rows, LabelColumns columns, LabelNumbers numbers, LabelledSongsOptions options, LabelFaults faults)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var moods = new MoodSpellings(rows.Select(row => row.Mood).OfType<string>());
        var songs = new List<LabelledSong>(rows.Count);
        var repeats = new List<RepeatedSong>();
        var firstOfPath = new Dictionary<string, LabelledSong>(LabelPath.Comparer);
        foreach (var row in rows)
        {
            var song = new LabelledSong
            {
                AudioPath = LabelPath.Find(folder, row.Path),
                Mood = row.Mood is null ? "" : moods[row.Mood],
                Group = row.Group,
                // An empty cell is a fault already; the others of its row may have theirs, too.
                Features = [.. row.Numbers.Select((cell, number) =>
                    cell is null ? 0 : numbers.Read(cell, row.Line, columns.NumberHeader(number), faults))],
                Line = row.Line,
                Artist = row.Artist,
                Title = row.Title,
                Id = row.Id,
            };
            if (options.RequireAudio && row.Path is not null && !File.Exists(song.AudioPath))
                LabelPath.AddMissing(faults, row.Line, columns.PathHeader, song.AudioPath, row.Path, "label file");
            if (row.Mood is not null && song.AudioPath is not null && !firstOfPath.TryAdd(song.AudioPath, song)
                && firstOfPath[song.AudioPath] is var first)
            {
                if (first.Mood != song.Mood)
                    faults.Add(row.Line, columns.MoodHeader,
                        $"{row.Path} is '{song.Mood}' here and '{first.Mood}' on line {first.Line}",
                        "A song has one mood: keep the row that is right.");
                else if (first.Features.AsSpan().SequenceEqual(song.Features))
                {
                    repeats.Add(new RepeatedSong(song, first));
                    continue;
                }
            }
            songs.Add(song);
        }
        faults.ThrowIfAny();
        return (songs, [.. moods.Remarks, .. RepeatedSong.Remarks(repeats, rows.Count)]);
    }

    /// <summary>
    /// The one of comma, semicolon and tab that makes most of the columns that the file cannot do without. Where the header has
    /// none of them, it is the one that splits it most, for the error.
    /// </summary>
    /// <exception cref="LabelledDataException">Two make as many of them, but other columns.</exception>
    private static char SeparatorOf(string file, string text, LabelledSongsOptions options)
    {
        var readings = Array.ConvertAll(Separators, separator =>
        {
            using var reader = Open(text, separator, CsvMalformedDataHandling.Recover);
            return (Separator: separator, Headers: reader.Headers.ToArray(), Wanted: LabelColumns.CountWanted(reader.Headers, options));
        });
        var most = readings.Max(reading => reading.Wanted);
        if (most == 0)
            return readings.MaxBy(reading => reading.Headers.Length).Separator;
        var best = readings.Where(reading => reading.Wanted == most).ToArray();
        if (best.FirstOrDefault(other => !other.Headers.SequenceEqual(best[0].Headers)) is { Headers: not null } second)
        {
            var at = best[0].Headers.Zip(second.Headers).TakeWhile(pair => pair.First == pair.Second).Count();
            throw new LabelledDataException(file, 1, best[0].Headers.ElementAtOrDefault(at) ?? second.Headers[at],
                $"the columns may be separated by {NameOf(best[0].Separator)} ({string.Join(" | ", best[0].Headers)}) or by "
                + $"{NameOf(second.Separator)} ({string.Join(" | ", second.Headers)}). Use one of them throughout, and quote names that "
                + "contain the other.");
        }
        return best[0].Separator;
    }

    private static string NameOf(char separator) => separator switch { ',' => "commas", ';' => "semicolons", _ => "tabs" };

    private static CsvReader Open(
        string text, char separator, CsvMalformedDataHandling malformed = CsvMalformedDataHandling.Throw) =>
        CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = malformed,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // our own message says how many cells were found
        });
}
