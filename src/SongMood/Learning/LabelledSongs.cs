using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>Songs and what a person said about their mood: from a label file, or from folders with the names of moods.</summary>
/// <example><code>
/// var songs = LabelledSongs.Read("labels.csv");          // columns path, mood and, if you can, artist
/// var sorted = LabelledSongs.FromFolders("music");       // music/happy/one.mp3, music/sad/two.mp3
/// Console.WriteLine($"{songs.Songs.Count} songs of {string.Join(", ", songs.Moods)}");
/// </code></example>
public sealed class LabelledSongs
{
    private LabelledSongs(string file, string folder, IReadOnlyList<LabelledSong> songs, IReadOnlyList<string> featureColumns,
        IReadOnlyList<string> remarks, IReadOnlyDictionary<string, int> passedOver)
    {
        (File, Folder, Songs, FeatureColumns, Remarks, PassedOver) = (file, folder, songs, featureColumns, remarks, passedOver);
        Moods = songs.Select(song => song.Mood).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = Moods.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        MoodIndices = songs.Select(song => indexOf[song.Mood]).ToArray();
    }

    /// <summary>The label file or the folder, as it was named.</summary>
    public string File { get; }

    /// <summary>The full path of the folder that songs are told relative to: the label file's, or that with the moods' folders.</summary>
    public string Folder { get; }

    /// <summary>The songs, in the label file's order; from folders, in ordinal order of their paths.</summary>
    public IReadOnlyList<LabelledSong> Songs { get; }

    /// <summary>The different moods, in ordinal order, which is the order of a trained model's scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>The index in <see cref="Moods"/> of each song's mood.</summary>
    public IReadOnlyList<int> MoodIndices { get; }

    /// <summary>The names of the numeric columns that were asked for.</summary>
    public IReadOnlyList<string> FeatureColumns { get; }

    /// <summary>
    /// What a person should know of how the songs were read, a sentence each: moods that were made one, rows left out, files passed over.
    /// Empty where there is nothing to say.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>
    /// How many files in the folders are no songs, by suffix in lower case (".wma", ".jpg"; "" for none); empty for a label file.
    /// </summary>
    public IReadOnlyDictionary<string, int> PassedOver { get; }

    /// <summary>Such as "600 songs of the moods calm, energetic, happy, sad (labels.csv)".</summary>
    public override string ToString() => $"{Plural.Of(Songs.Count, "song")} of the moods {string.Join(", ", Moods)} ({File})";

    /// <summary>Reads a label file and checks all of it.</summary>
    /// <param name="csvPath">The label file.</param>
    /// <param name="options">What to expect of it; null for the defaults.</param>
    /// <remarks>
    /// <para>A label file is CSV (RFC 4180) with a header, in UTF-8 or with a byte order mark, separated by commas, semicolons or tabs. It
    /// has a <c>mood</c> column (or <c>label</c>, <c>emotion</c>), where audio is wanted a <c>path</c> column (or <c>file</c>,
    /// <c>filename</c>; relative to the label file, with slashes or backslashes), and optionally the artist, numeric columns, and what
    /// tells people and checks which song a row is (<c>title</c> or <c>name</c>, <c>id</c>). Column names are matched without regard to
    /// case. Empty lines, and rows of nothing but separators, are passed over.</para>
    /// <para>Moods that differ only in case or blanks are one: the most frequent spelling stays, or the first of several. A row that says
    /// the path, the mood and the numbers of an earlier one is left out. Both are told in <see cref="Remarks"/>.</para>
    /// <para>Numbers have a decimal point. Where semicolons or tabs separate the columns, all of them may have a decimal comma instead, if
    /// it is clear that it is one: "1,234" alone may be more than a thousand, and is refused.</para>
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="LabelledDataException">The file is empty, lacks a column, or has too few moods; or rows do not fit the header,
    /// cells are empty or no numbers, audio files are missing, or a path has two moods, all of which are told at once.</exception>
    public static LabelledSongs Read(string csvPath, LabelledSongsOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(csvPath);
        options ??= new LabelledSongsOptions();
        options.Validate();
        if (Directory.Exists(csvPath))
            throw new FileNotFoundException($"{csvPath} is a folder; a label file (CSV with the columns path and mood) is expected. "
                + "LabelledSongs.FromFolders reads songs that are sorted into a folder a mood.", csvPath);
        if (!System.IO.File.Exists(csvPath))
            throw new FileNotFoundException($"There is no label file {csvPath}.", csvPath);
        if (M3uList.IsName(csvPath))
            throw new LabelledDataException(csvPath, null, null,
                "a list has songs of one mood. Put a list for each mood into a folder (happy.m3u8, sad.m3u8), and name that folder.");
        var (songs, remarks) = LabelFile.Read(csvPath, options);
        return new LabelledSongs(csvPath, Path.GetDirectoryName(Path.GetFullPath(csvPath))!, songs, options.FeatureColumns, remarks,
            new Dictionary<string, int>()).RequireMoods(options.MinimumMoods);
    }

    /// <summary>
    /// Finds songs that are sorted into a folder for each mood, such as <c>music/happy/one.mp3</c>, or named in a list for each, such as
    /// <c>moods/happy.m3u8</c>; no song is opened.
    /// </summary>
    /// <param name="folder">The folder with the moods' folders. The name of each is a mood, and songs lie in any depth below it. Where it
    /// has no folders: the folder with the lists, whose names without .m3u or .m3u8 are the moods.</param>
    /// <param name="options">What to expect of it; null for the defaults.</param>
    /// <remarks>
    /// The group of a song is the folder right below that of the mood, if the song lies in one: "The Ones" of
    /// <c>music/happy/The Ones/one.mp3</c>; a song that lies in the mood's folder itself has none. Files are songs by the ends of their
    /// names; hidden files and folders are left out, others are counted (<see cref="PassedOver"/>). Moods that differ only in case or
    /// blanks are one, as in label files. The songs come in ordinal order of their paths, the same on every system.
    /// <para>A list has a path a line, relative to the list or absolute (<c>file:///...</c> too). The group of a song is the artist, where
    /// the line before says it, as players write it: <c>#EXTINF:215,The Ones - First Song</c>, or <c>#EXTART:The Ones</c>. An .m3u8 is
    /// UTF-8; an .m3u that is not UTF-8 is Latin-1. The songs come list after list, in ordinal order of their names.</para>
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or it is a file.</exception>
    /// <exception cref="LabelledDataException">The folder has neither sub-folders nor lists, one of them has no songs, a list names what
    /// is no file, a song is in the lists of two moods, there are too few moods, or a folder must not be listed.</exception>
    public static LabelledSongs FromFolders(string folder, MoodFoldersOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new MoodFoldersOptions();
        options.Validate();
        if (System.IO.File.Exists(folder))
            throw new DirectoryNotFoundException(
                $"{folder} is a file; a folder with one sub-folder a mood is expected. LabelledSongs.Read reads label files.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        try
        {
            var (songs, remarks, passedOver) = MoodFolders.Read(folder, options);
            return new LabelledSongs(folder, Path.GetFullPath(folder), songs, [], remarks, passedOver).RequireMoods(options.MinimumMoods);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LabelledDataException(folder, null, null, $"the folder cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// The songs without those that the file says twice: the first of each <see cref="LabelledSong.Id"/> and, of songs without one, the
    /// first of each group and numbers (names of one artist are one group). A song with neither an id nor a group is never taken for
    /// another.
    /// </summary>
    public SongsWithoutRepeats WithoutRepeats()
    {
        var seen = new Dictionary<(string?, string?, string?, int), LabelledSong>();
        var (once, twice) = (new List<LabelledSong>(), new List<RepeatedSong>());
        foreach (var (index, song) in Songs.Index())
        {
            var identity = song.Id is not null ? (song.Id, null, null, 0)
                : GroupName.Key(song.Group) is { } group && song.Features.Length > 0 ? (null, group, string.Join(';', song.Features), 0)
                : (default(string), default(string), default(string), index + 1);
            if (seen.TryAdd(identity, song))
                once.Add(song);
            else
                twice.Add(new RepeatedSong(song, seen[identity]));
        }
        string[] remarks = [.. Remarks, .. RepeatedSong.Remarks(twice, Songs.Count)];
        return new SongsWithoutRepeats(new LabelledSongs(File, Folder, once, FeatureColumns, remarks, PassedOver), twice);
    }

    /// <summary>Some of the songs, as indices from 0, in this order.</summary>
    internal LabelledSongs Choose(IReadOnlyList<int> songs) =>
        new(File, Folder, [.. songs.Select(song => Songs[song])], FeatureColumns, Remarks, PassedOver);

    /// <summary>Whether the songs lie in folders with the names of moods: they have no lines.</summary>
    internal bool AreInFolders => Songs[0].Line is null;

    /// <exception cref="LabelledDataException">There are fewer moods.</exception>
    internal LabelledSongs RequireMoods(int fewest)
    {
        if (Moods.Count >= fewest)
            return this;
        var found = Songs.Count == 1 ? $"the only song has the mood '{Moods[0]}'" : $"all {Songs.Count} songs have the mood '{Moods[0]}'";
        throw new LabelledDataException(File, null, AreInFolders ? null : "mood",
            $"{found}; at least {fewest} different moods are needed. Add songs of other moods.");
    }
}
