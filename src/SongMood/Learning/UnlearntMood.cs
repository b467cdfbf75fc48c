namespace SongMood.Learning;

/// <summary>A mood that a part's model could not learn, as all songs of it were held out with that part.</summary>
public sealed record UnlearntMood
{
    /// <summary>The part, from 0: the fold, or 0 where one share was held out.</summary>
    public required int Part { get; init; }

    /// <summary>The mood.</summary>
    public required string Mood { get; init; }

    /// <summary>Such as "no song of the mood 'calm' was learnt for part 2".</summary>
    public override string ToString() => $"no song of the mood '{Mood}' was learnt for part {Part + 1}";
}
