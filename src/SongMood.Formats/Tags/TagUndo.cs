namespace SongMood.Formats.Tags;

/// <summary>What came of a song whose tags were to be taken back.</summary>
/// <param name="Path">The song's file.</param>
/// <param name="IsRestored">Whether it was changed back just now; false where it is as it was, or could not be.</param>
/// <param name="Error">Why it is not, or not wholly, as it was; null where it is.</param>
public sealed record TagUndo(string Path, bool IsRestored, string? Error)
{
    /// <summary>Such as "song.mp3: restored", "song.mp3: as it was", or the error.</summary>
    public override string ToString() => Error ?? $"{Path}: {(IsRestored ? "restored" : "as it was")}";
}
