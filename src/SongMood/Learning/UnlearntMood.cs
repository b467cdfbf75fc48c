namespace SongMood.Learning;

/// <summary>A mood that a part's model could not learn, as all songs of it were held out with that part.</summary>
public sealed record UnlearntMood
{
    /// <summary>The part, from 0: the fold, or 0 where one share was held out.</summary>
    public required int Part { get; init; }

    /// <summary>The mood.</summary>
    public required string Mood { get; init; }
}
