namespace SongMood.Learning;

/// <summary>Something that is on both sides of a split, so that what is measured is better than what is to be expected.</summary>
public sealed record SplitLeak
{
    /// <summary>What it is.</summary>
    public required SplitLeakKind Kind { get; init; }

    /// <summary>The group, the path or the id; for equal features, where the first of the songs is.</summary>
    public required string Name { get; init; }

    /// <summary>The songs that share it, as indices from 0; two or more.</summary>
    public required IReadOnlyList<int> Songs { get; init; }

    /// <summary>Such as "Group The Ones: 3 songs".</summary>
    public override string ToString() => $"{Kind} {Name}: {Plural.Of(Songs.Count, "song")}";
}

/// <summary>How songs of different parts can be related.</summary>
public enum SplitLeakKind
{
    /// <summary>They have the same group, such as the artist.</summary>
    Group,

    /// <summary>They are the same audio file.</summary>
    AudioFile,

    /// <summary>They have the same id.</summary>
    Id,

    /// <summary>Their features are equal to the last bit: likely one recording under two names.</summary>
    Features,
}
