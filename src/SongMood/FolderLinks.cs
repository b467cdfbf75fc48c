namespace SongMood;

/// <summary>Where folders really are.</summary>
internal static class FolderLinks
{
    /// <summary>The folder without links on the way: ".." leads up from where it really is.</summary>
    public static string Follow(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } parent)
            return folder;
        var here = Path.Combine(Follow(parent), Path.GetFileName(folder));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? Follow(target.FullName) : here;
    }
}
