namespace SongMood.Formats.Tags;

/// <summary>What writing tags does to a song, or would do.</summary>
/// <param name="Before">The tags that the song has; null where it has none of a kind. A tempo is rounded.</param>
/// <param name="IsNeeded">Whether the file changes: false where it has all of the wanted tags.</param>
public sealed record SongTagChange(SongTags Before, bool IsNeeded)
{
    /// <summary>Such as "changed; it had mood calm, key Am".</summary>
    public override string ToString() => $"{(IsNeeded ? "changed" : "as it is")}; it had {Before}";
}
