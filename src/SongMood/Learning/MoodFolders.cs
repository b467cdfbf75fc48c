using SongMood.Audio;

namespace SongMood.Learning;

/// <summary>Songs that are sorted into a folder a mood: music/happy/one.mp3, or with the artist as music/happy/The Ones/one.mp3.</summary>
internal static class MoodFolders
{
    private const int EmptyFoldersShown = 10;

    /// <exception cref="LabelledDataException">The folder cannot be used.</exception>
    public static (IReadOnlyList<LabelledSong> Songs, IReadOnlyList<string> Remarks, IReadOnlyDictionary<string, int> PassedOver) Read(
        string folder, MoodFoldersOptions options)
    {
        var suffixes = options.FileNameSuffixes ?? AudioFile.FileNameSuffixes;
        var root = Path.GetFullPath(folder);
        // Links are followed here alone: somebody may keep each mood's songs elsewhere.
        var moodFolders = Directory.EnumerateDirectories(root, "*", new EnumerationOptions { IgnoreInaccessible = false })
            .Order(StringComparer.Ordinal).Select(path => AudioFolder.Open(path, suffixes)).ToArray();
        var lists = MoodLists.In(root);
        if (moodFolders.Length == 0 && lists.Length == 0)
            throw new LabelledDataException(folder, null, null,
                "the folder has no sub-folders and no lists. Expected a folder for each mood, with the mood's songs in it (happy/one.mp3, "
                + "sad/two.mp3), or a list for each (happy.m3u8, sad.m3u8).");
        if (moodFolders.Length == 0)
        {
            var (listed, said) = MoodLists.Read(folder, lists);
            return (listed, said, new Dictionary<string, int>());
        }
        if (moodFolders.Where(mood => mood.Files.Count == 0).ToArray() is { Length: > 0 } empty)
            throw new LabelledDataException(folder, null, null, $"no songs ({string.Join(", ", suffixes)}) are in "
                + string.Join("; ", empty.Take(EmptyFoldersShown).Select(mood => $"{Path.GetFileName(mood.Path)}{Others(mood)}"))
                + (empty.Length > EmptyFoldersShown ? $"; and {Plural.Of(empty.Length - EmptyFoldersShown, "more folder")}" : "")
                + ". Each sub-folder is a mood: put songs there, or remove the folder.");

        var loose = AudioFolder.Open(root, suffixes, recurse: false);
        var moods = new MoodSpellings(moodFolders.SelectMany(mood => Enumerable.Repeat(MoodOf(mood), mood.Files.Count)));
        var songs = moodFolders.SelectMany(mood => mood.Files.Select(
            path => new LabelledSong { AudioPath = path, Mood = moods[MoodOf(mood)], Group = GroupOf(mood, path) }));
        AudioFolder[] all = [.. moodFolders, loose];
        string[] remarks = [.. moods.Remarks, .. LooseSongs(loose), .. LooseLists(lists), .. PassedOver.Remarks(all)];
        return ([.. songs], remarks, PassedOver.Sum(all));
    }

    private static string MoodOf(AudioFolder mood) => Path.GetFileName(mood.Path).Trim();

    /// <summary>The folder between that of the mood and the song, if there is one; of several, the first.</summary>
    private static string? GroupOf(AudioFolder mood, string path)
    {
        var below = Path.GetRelativePath(mood.Path, path).Split(Path.DirectorySeparatorChar);
        return below.Length > 1 ? below[0] : null;
    }

    private static IEnumerable<string> LooseSongs(AudioFolder loose) => loose.Files.Count == 0 ? [] :
        [$"Left out: {Plural.Of(loose.Files.Count, "song that lies", "songs that lie")} in no mood's folder, such as "
            + $"{Path.GetFileName(loose.Files[0])}."];

    private static IEnumerable<string> LooseLists(string[] lists) => lists.Length == 0 ? [] :
        [$"Left out: {Plural.Of(lists.Length, "list that lies", "lists that lie")} beside the moods' folders, such as "
            + $"{Path.GetFileName(lists[0])}. Lists stand for moods where there are no such folders."];

    private static string Others(AudioFolder mood) =>
        mood.PassedOver.Count == 0 ? "" : $" (which has other files: {PassedOver.Counts(mood.PassedOver)})";
}
