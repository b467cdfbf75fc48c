using System.Globalization;
using SongMood.Formats.Tags;

namespace SongMood.Cli.Tag;

/// <summary>What came of one song.</summary>
/// <param name="Path">The song.</param>
internal sealed record TagResult(string Path)
{
    /// <summary>The tags that are to be there.</summary>
    public SongTags Wanted { get; init; } = new();

    /// <summary>What was done, or would be; null where there is an error.</summary>
    public SongTagChange? Change { get; init; }

    /// <summary>Why nothing was.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it is one of the songs that were asked for.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>The tags one by one: what was there, and what is to be; null where it stays.</summary>
    public IEnumerable<(string Name, string? Old, string? New)> Tags
    {
        get
        {
            var before = Change!.Before;
            yield return (TagRequest.Mood, before.Mood, Wanted.Mood);
            yield return (TagRequest.Tempo, Text(before.TempoBpm), Text(Wanted.TempoBpm));
            yield return (TagRequest.Key, before.Key, Wanted.Key);
        }
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
