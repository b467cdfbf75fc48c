namespace SongMood.Catalogue;

/// <summary>A song of the list, before it is heard.</summary>
/// <param name="Path">What it is called in the list and in the results; its hash says its shard.</param>
internal sealed record CatalogueSong(string Path)
{
    /// <summary>The file to open, where the list's name for it is not its path.</summary>
    public string? File { get; init; }

    /// <summary>Its line in a label file, from 1; null where there is none.</summary>
    public int? Line { get; init; }

    /// <summary>What is wrong with it already, such as a folder without songs; null for a song to be heard.</summary>
    public string? Error { get; init; }

    public string FilePath => File ?? Path;
}
