namespace SongMood.Catalogue;

/// <summary>A song that has an error in place of a mood.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Error">What is wrong, and where; it mostly begins with the path.</param>
public sealed record FailedSong(string Path, string Error)
{
    /// <summary>The error, with the path where it does not say it itself.</summary>
    public override string ToString() => Error.Contains(Path, StringComparison.Ordinal) ? Error : $"{Path}: {Error}";
}
