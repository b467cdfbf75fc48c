namespace SongMood.Cli;

/// <summary>How was learnt or measured, in brackets: "(inputs embedding, network linear, seed 1)".</summary>
internal static class SettingsText
{
    public static string Of(IEnumerable<KeyValuePair<string, string>> settings) =>
        $"({string.Join(", ", settings.Select(pair => $"{pair.Key} {pair.Value}"))})";
}
