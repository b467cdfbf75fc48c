namespace SongMood.Learning;

/// <summary>Songs in lists, one for each mood: moods/happy.m3u8, moods/sad.m3u8.</summary>
internal static class MoodLists
{
    private const int RepeatsShown = 5;
    private const string Unsure = "unsure";

    /// <summary>The lists that lie right in a folder, in ordinal order.</summary>
    public static string[] In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { IgnoreInaccessible = false }).Where(M3uList.IsName)
            .Order(StringComparer.Ordinal)];

    /// <summary>The songs of some lists; those of each list in its order.</summary>
    /// <param name="folder">Where the lists lie, as errors name it.</param>
    /// <param name="lists">The lists.</param>
    /// <exception cref="LabelledDataException">A list is empty, names an address or a file that is not there, or a song is in the lists
    /// of two moods; all of it is told.</exception>
    public static (IReadOnlyList<LabelledSong> Songs, IReadOnlyList<string> Remarks) Read(string folder, IReadOnlyList<string> lists)
    {
        var faults = new LabelFaults(folder);
        var songs = new Dictionary<string, (string Mood, string Place)>(LabelPath.Comparer);
        var found = new List<LabelledSong>();
        var repeats = new List<string>();
        var entries = lists.Select(list => (Name: Path.GetFileName(list), Entries: M3uList.Read(list).ToArray())).ToArray();
        var moods = new MoodSpellings(entries.SelectMany(list => Enumerable.Repeat(MoodOf(list.Name), Math.Max(1, list.Entries.Length))));
        foreach (var list in entries)
        {
            var mood = moods[MoodOf(list.Name)];
            if (list.Entries.Length == 0)
                faults.Add(null, null, "no song is in the list", "Name songs in it, a path a line, or remove the list.", list: list.Name);
            foreach (var entry in list.Entries)
            {
                if (PathOf(entry, folder, list.Name, faults) is not { } path)
                    continue;
                var place = $"{list.Name}, line {entry.Line}";
                if (songs.TryAdd(path, (mood, place)))
                    found.Add(new LabelledSong
                    {
                        AudioPath = path,
                        Mood = mood,
                        Group = entry.Artist,
                        Artist = entry.Artist,
                        Title = entry.Title,
                    });
                else if (songs[path].Mood == mood)
                    repeats.Add($"{place} names the song of {songs[path].Place}");
                else
                    faults.Add(entry.Line, null, $"{entry.Path} is '{mood}' here and '{songs[path].Mood}' in {songs[path].Place}",
                        "A song has one mood: keep it in the list that is right.", list: list.Name);
            }
        }
        faults.ThrowIfAny();
        return (found, [.. moods.Remarks, .. UnsureSongs(found), .. Remarks(repeats, found.Count)]);
    }

    private static string? PathOf(M3uEntry entry, string folder, string list, LabelFaults faults)
    {
        var written = entry.Path;
        if (written.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(written, UriKind.Absolute, out var address))
        {
            if (!address.IsFile)
            {
                faults.Add(entry.Line, null, $"{written} is an address", "Only files are heard: remove the line, or name a file.",
                    list: list);
                return null;
            }
            written = address.LocalPath;
        }
        // Who wrote ".." into a list that lies behind a link may have meant where the folder really is, or where it seems to be.
        var (seeming, real) = (Path.GetFullPath(folder), FolderLinks.Follow(Path.GetFullPath(folder)));
        string[] paths = [LabelPath.Find(seeming, written)!, LabelPath.Find(real, written)!];
        if (Array.Find(paths, File.Exists) is { } path)
            return path;
        LabelPath.AddMissing(faults, entry.Line, null, paths[0], entry.Path, "list", list);
        return null;
    }

    private static string MoodOf(string name) => Path.GetFileNameWithoutExtension(name).Trim();

    // MoodPlaylists writes a list of this name beside those of the moods. It may be a mood all the same, so it is told and not left out.
    private static IEnumerable<string> UnsureSongs(IEnumerable<LabelledSong> songs)
    {
        if (songs.Count(song => song.Mood.Equals(Unsure, StringComparison.OrdinalIgnoreCase)) is > 0 and var count)
            yield return $"'{Unsure}' is taken for a mood, of {Plural.Of(count, "song")}. "
                + "If 'songmood predict --playlists' wrote that list, move its songs to the lists of their moods, and delete it.";
    }

    private static IEnumerable<string> Remarks(List<string> repeats, int songCount)
    {
        if (repeats.Count > 0)
            yield return $"Songs that are named again are left out: {repeats.Count} of {repeats.Count + songCount} "
                + $"({string.Join("; ", repeats.Take(RepeatsShown))}"
                + $"{(repeats.Count > RepeatsShown ? $"; and {repeats.Count - RepeatsShown} more" : "")}).";
    }
}
