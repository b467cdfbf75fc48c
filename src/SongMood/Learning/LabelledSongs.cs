using System.Globalization;
using CsvHelper;
using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>
/// The songs of a label file: CSV (RFC 4180, UTF-8, commas) with a header, a <c>mood</c> column, a <c>path</c> column where audio is
/// wanted (relative to the label file), and optionally the artist, numeric columns, and what tells people and checks which song a row is
/// (<c>title</c> or <c>name</c>, <c>id</c>). Column names are matched without regard to case.
/// </summary>
public sealed class LabelledSongs
{
    private const int MissingFilesShown = 5;

    private LabelledSongs(string file, IReadOnlyList<LabelledSong> songs, IReadOnlyList<string> featureColumns)
    {
        File = file;
        Songs = songs;
        FeatureColumns = featureColumns;
        Moods = songs.Select(song => song.Mood).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = Moods.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        MoodIndices = songs.Select(song => indexOf[song.Mood]).ToArray();
    }

    /// <summary>The label file, as it was named.</summary>
    public string File { get; }

    /// <summary>The rows, in the file's order.</summary>
    public IReadOnlyList<LabelledSong> Songs { get; }

    /// <summary>The different moods, in ordinal order, which is the order of a trained model's scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Of each song, the index of its mood in <see cref="Moods"/>.</summary>
    public IReadOnlyList<int> MoodIndices { get; }

    /// <summary>The names of the numeric columns that were asked for.</summary>
    public IReadOnlyList<string> FeatureColumns { get; }

    /// <summary>Reads a label file and checks all of it.</summary>
    /// <param name="csvPath">The label file.</param>
    /// <param name="options">What to expect of it; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="LabelledDataException">The file is empty, lacks a column, a row does not fit the header, a cell is empty or no number,
    /// an audio file is missing, or there are too few moods.</exception>
    public static LabelledSongs Read(string csvPath, LabelledSongsOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(csvPath);
        options ??= new LabelledSongsOptions();
        if (Directory.Exists(csvPath))
            throw new FileNotFoundException($"{csvPath} is a folder; a label file (CSV with the columns path and mood) is expected.", csvPath);
        if (!System.IO.File.Exists(csvPath))
            throw new FileNotFoundException($"There is no label file {csvPath}.", csvPath);

        var songs = new List<LabelledSong>();
        using var reader = CsvReader.FromFile(csvPath, new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // our own message says how many cells were found
        });
        try
        {
            var columns = new Columns(csvPath, reader.Headers, options);
            while (reader.Read())
                songs.Add(columns.ReadSong(reader));
        }
        catch (CsvFormatException malformed)
        {
            throw new LabelledDataException(csvPath, (int)malformed.LineNumber, null,
                $"the quoting is broken ({malformed.Message}). A cell with commas, quotes or line breaks stands in double quotes, "
                + "and a quote inside it is doubled.", malformed);
        }
        if (songs.Count == 0)
            throw new LabelledDataException(csvPath, null, null, "there is a header but no row below it. Add one row a song.");
        if (options.RequireAudio)
            CheckAudioExists(csvPath, songs);
        var result = new LabelledSongs(csvPath, songs, options.FeatureColumns);
        if (result.Moods.Count < options.MinimumMoods)
            throw new LabelledDataException(csvPath, null, "mood",
                $"all {songs.Count} songs have the mood '{result.Moods[0]}'; at least {options.MinimumMoods} different moods are needed. "
                + "Add songs of other moods.");
        return result;
    }

    /// <summary>
    /// The songs without those that the file says twice: the first of each <see cref="LabelledSong.Id"/> and, of songs without one, the
    /// first of each group and numbers (names of one artist are one group). A song with neither an id nor a group is never taken for another.
    /// </summary>
    public SongsWithoutRepeats WithoutRepeats()
    {
        var seen = new Dictionary<(string?, string?, string?, int), LabelledSong>();
        var (once, twice) = (new List<LabelledSong>(), new List<RepeatedSong>());
        foreach (var song in Songs)
        {
            var identity = song.Id is not null ? (song.Id, null, null, 0)
                : GroupName.Key(song.Group) is { } group && song.Features.Length > 0 ? (null, group, string.Join(';', song.Features), 0)
                : (default(string), default(string), default(string), song.Line);
            if (seen.TryAdd(identity, song))
                once.Add(song);
            else
                twice.Add(new RepeatedSong(song, seen[identity]));
        }
        return new SongsWithoutRepeats(new LabelledSongs(File, once, FeatureColumns), twice);
    }

    private static void CheckAudioExists(string csvPath, List<LabelledSong> songs)
    {
        var missing = songs.Where(song => !System.IO.File.Exists(song.AudioPath)).ToArray();
        if (missing.Length == 0)
            return;
        var shown = string.Join(", ", missing.Take(MissingFilesShown).Select(song => $"{song.AudioPath} (line {song.Line})"));
        var more = missing.Length > MissingFilesShown ? $" and {missing.Length - MissingFilesShown} more" : "";
        throw new LabelledDataException(csvPath, missing[0].Line, "path",
            $"{missing.Length} of {songs.Count} audio files are missing: {shown}{more}. Paths are relative to the label file's folder.");
    }

    /// <summary>Where each wanted column stands in one file.</summary>
    private sealed class Columns
    {
        private readonly string _file;
        private readonly string _folder;
        private readonly string[] _headers;
        private readonly LabelledSongsOptions _options;
        private readonly int _mood, _path, _group, _artist, _title, _id;
        private readonly int[] _features;

        public Columns(string file, IReadOnlyList<string> headers, LabelledSongsOptions options)
        {
            _file = file;
            _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            _headers = headers.Select(header => header.Trim()).ToArray();
            _options = options;
            if (_headers.Length == 0 || _headers.All(string.IsNullOrEmpty))
                throw new LabelledDataException(file, null, null,
                    "the file is empty. Expected a header line with at least the columns path and mood, then one row a song.");
            _mood = Find("mood", required: true);
            _path = Find("path", required: options.RequireAudio);
            _group = Find(options.GroupColumn, required: options.GroupColumn != LabelledSongsOptions.DefaultGroupColumn);
            _artist = FindUnasked(LabelledSongsOptions.DefaultGroupColumn);
            _title = FindUnasked("title", "name");
            _id = options.IdColumn == LabelledSongsOptions.DefaultIdColumn ? FindUnasked(options.IdColumn) : Find(options.IdColumn, required: true);
            _features = options.FeatureColumns.Select(name => Find(name, required: true)).ToArray();
        }

        public LabelledSong ReadSong(CsvReader reader)
        {
            var line = (int)reader.LineNumber;
            if (reader.FieldCount != _headers.Length)
                throw new LabelledDataException(_file, line, null,
                    $"the row has {reader.FieldCount} cells, the header {_headers.Length}. Quote cells that contain commas.");
            var mood = Required(reader, _mood, line);
            var path = _path < 0 ? "" : _options.RequireAudio ? Required(reader, _path, line) : reader.GetString(_path);
            var group = _group < 0 ? "" : reader.GetString(_group);
            var features = _features.Select(column => Number(reader, column, line)).ToArray();
            return new LabelledSong(path.Length == 0 ? null : Path.Combine(_folder, path), mood, group.Length == 0 ? null : group, features, line)
            {
                Artist = Optional(reader, _artist),
                Title = Optional(reader, _title),
                Id = Optional(reader, _id),
            };
        }

        /// <summary>The first of these columns that is there once: nobody asked for it, so it is no fault if it is not.</summary>
        private int FindUnasked(params string[] names) => names
            .Select(name => Enumerable.Range(0, _headers.Length).Where(i => _headers[i].Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray())
            .FirstOrDefault(found => found.Length == 1, [-1])[0];

        private static string? Optional(CsvReader reader, int column) =>
            column >= 0 && reader.GetString(column) is { Length: > 0 } text ? text : null;

        private int Find(string name, bool required)
        {
            var found = Enumerable.Range(0, _headers.Length).Where(i => _headers[i].Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (found.Length > 1)
                throw new LabelledDataException(_file, 1, name, $"{found.Length} columns have this name. Keep one of them.");
            if (found.Length == 1)
                return found[0];
            if (!required)
                return -1;
            var separatorHint = _headers.Length == 1 && _headers[0].IndexOfAny([';', '\t']) >= 0
                ? " The header looks as if it were separated by something else than commas." : "";
            throw new LabelledDataException(_file, null, name,
                $"there is no such column. Columns found: {string.Join(", ", _headers)}.{separatorHint}");
        }

        private string Required(CsvReader reader, int column, int line)
        {
            var text = reader.GetString(column);
            return text.Length > 0 ? text : throw new LabelledDataException(_file, line, _headers[column], "the cell is empty. Fill it or remove the row.");
        }

        private float Number(CsvReader reader, int column, int line)
        {
            var text = Required(reader, column, line);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value))
                return value;
            throw new LabelledDataException(_file, line, _headers[column],
                $"'{text}' is not a finite number (a point is the decimal sign). Leave the column out of the features or mend the cell.");
        }
    }
}
