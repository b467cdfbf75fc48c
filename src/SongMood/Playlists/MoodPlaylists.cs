using SongMood.Prediction;

namespace SongMood.Playlists;

/// <summary>
/// Songs sorted into a playlist for each mood. Songs that the model is unsure of (<see cref="MoodPrediction.IsUnsure"/>) are in a list of
/// their own, so that a mood's list has only what it promises.
/// </summary>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained();
/// var lists = new MoodPlaylists(predictor.Moods);
/// foreach (var song in AudioFolder.Open("music").Files)
///     lists.Add(PlaylistEntry.Read(song), predictor.Predict(song));
/// lists.Save("lists"); // happy.m3u8, sad.m3u8 and so on, and unsure.m3u8
/// </code></example>
public sealed class MoodPlaylists
{
    private const string Unsure = "unsure";

    private static readonly char[] NotInNames = [.. "/\\:*?\"<>|", .. Enumerable.Range(0, ' ').Select(code => (char)code)];

    private readonly OrderedDictionary<string, string> _names = []; // of the moods' lists
    private readonly string _unsureName;
    private readonly OrderedDictionary<string, (PlaylistEntry Song, string List)> _songs = []; // by path

    /// <summary>Empty lists.</summary>
    /// <param name="moods">The moods of the model (<see cref="MoodPredictor.Moods"/>).</param>
    public MoodPlaylists(IReadOnlyList<string> moods)
    {
        ArgumentNullException.ThrowIfNull(moods);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mood in moods)
            _names[mood] = FreeName(mood, taken);
        _unsureName = FreeName(Unsure, taken);
    }

    /// <summary>
    /// The lists by name, one for each mood in the model's order and "unsure" last; names of files, without the suffix. What no file's name
    /// may hold is "_" in them.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PlaylistEntry>> Lists
    {
        get
        {
            var lists = new OrderedDictionary<string, IReadOnlyList<PlaylistEntry>>();
            var songs = _songs.Values.ToLookup(song => song.List, song => song.Song);
            foreach (var name in _names.Values.Append(_unsureName))
                lists.Add(name, [.. songs[name]]);
            return lists;
        }
    }

    /// <summary>All songs, in the order in which they were added.</summary>
    public IEnumerable<PlaylistEntry> Songs => _songs.Values.Select(song => song.Song);

    /// <summary>Puts a song into its list, behind those that are there; one of the same path is taken out of its own.</summary>
    /// <param name="song">The song.</param>
    /// <param name="prediction">What the model says of it.</param>
    /// <exception cref="ArgumentException">The prediction's mood is none of these moods.</exception>
    public void Add(PlaylistEntry song, MoodPrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(song);
        ArgumentNullException.ThrowIfNull(prediction);
        if (!_names.TryGetValue(prediction.Mood, out var name))
            throw new ArgumentException($"The mood is '{prediction.Mood}', and the playlists are of {string.Join(", ", _names.Keys)}: "
                + "predict the song by the model whose moods these are.");
        Remove(song.Path);
        _songs.Add(song.Path, (song, prediction.IsUnsure == true ? _unsureName : name));
    }

    /// <summary>Takes a song out of its list.</summary>
    /// <param name="path">The path of its entry.</param>
    /// <returns>Whether it was in one.</returns>
    public bool Remove(string path) => _songs.Remove(path);

    /// <summary>
    /// Writes all lists, also those without songs, so that none of an earlier run is left: a file NAME.m3u8 for each.
    /// </summary>
    /// <param name="folder">The folder, which is made where there is none.</param>
    /// <param name="paths">How the songs are named. Default: relative.</param>
    /// <inheritdoc cref="Playlist.Save" path="/exception"/>
    public void Save(string folder, PlaylistPaths paths = PlaylistPaths.Relative)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (var (name, songs) in Lists)
            Playlist.Save(Path.Combine(folder, name + Playlist.FileNameSuffix), songs, paths);
    }

    /// <summary>Such as "3 songs: happy 2, sad 0, unsure 1".</summary>
    public override string ToString() => $"{Plural.Of(_songs.Count, "song")}: "
        + string.Join(", ", Lists.Select(list => FormattableString.Invariant($"{list.Key} {list.Value.Count}")));

    private static string FreeName(string wanted, HashSet<string> taken)
    {
        var name = string.Join('_', wanted.Split(NotInNames)).Trim(' ', '.');
        name = name.Length == 0 ? "_" : name;
        for (var (free, copy) = (name, 2); ; free = $"{name}-{copy++}")
            if (taken.Add(free))
                return free;
    }
}
