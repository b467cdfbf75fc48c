namespace SongMood.Transforms;

/// <summary>Options of <c>LogCompress</c>.</summary>
public sealed record LogCompressOptions
{
    /// <summary>The factor C of log10(1 + C x), above 0. Default 10000, as music taggers use.</summary>
    public float Factor { get; init; } = 10_000;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Factor > 0 && float.IsFinite(Factor), nameof(Factor), Factor, "a number above 0");
        faults.ThrowIfAny(nameof(LogCompressOptions));
    }
}
