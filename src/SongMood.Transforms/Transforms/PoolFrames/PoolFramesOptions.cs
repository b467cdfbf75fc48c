namespace SongMood.Transforms;

/// <summary>What becomes of the frames that are pooled into one.</summary>
public enum PoolKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest.</summary>
    Max,
}

/// <summary>Options of <c>PoolFrames</c>.</summary>
public sealed record PoolFramesOptions
{
    /// <summary>Frames that become one. Default 4.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>Mean (default) or maximum.</summary>
    public PoolKind Kind { get; init; } = PoolKind.Mean;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(PoolSize > 0, nameof(PoolSize), PoolSize, "1 or more");
        faults.NeedDefined(Kind, nameof(Kind));
        faults.ThrowIfAny(nameof(PoolFramesOptions));
    }
}
