namespace SongMood.Learning;

/// <summary>Something that stands on both sides of a split, so that what is measured is better than what is to be expected.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The group, path or id; of feature rows, the first song's place.</param>
/// <param name="Songs">The songs that share it, by their indices.</param>
public sealed record SplitLeak(SplitLeakKind Kind, string Name, IReadOnlyList<int> Songs);

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
