namespace SongMood.Catalogue;

internal static class SongMoodVersion
{
    /// <summary>Such as "0.1.0".</summary>
    public static string Text { get; } = typeof(SongMoodVersion).Assembly.GetName().Version!.ToString(3);
}
