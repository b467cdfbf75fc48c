namespace SongMood.Transforms;

/// <summary>What one minimum and maximum are learned over.</summary>
public enum MinMaxScope
{
    /// <summary>Each band of a spectrogram over all rows' frames; each slot of a plain vector over all rows.</summary>
    PerBand,

    /// <summary>All values together.</summary>
    Overall,
}

/// <summary>Options of <c>ScaleMinMax</c>.</summary>
public sealed record ScaleMinMaxOptions
{
    /// <summary>What one minimum and maximum are learned over. Default: per band.</summary>
    public MinMaxScope Scope { get; init; } = MinMaxScope.PerBand;

    /// <summary>Where the learned minimum goes. Default 0.</summary>
    public float Lower { get; init; } = 0;

    /// <summary>Where the learned maximum goes, above <see cref="Lower"/>. Default 1.</summary>
    public float Upper { get; init; } = 1;

    /// <summary>Whether values beyond those seen when fitting are clipped to the range. Default false, as scikit-learn.</summary>
    public bool Clip { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.NeedDefined(Scope, nameof(Scope));
        faults.Need(float.IsFinite(Lower), nameof(Lower), Lower, "a finite number");
        faults.Need(float.IsFinite(Upper) && !(Upper <= Lower), nameof(Upper), Upper,
            FormattableString.Invariant($"a finite number above Lower ({Lower})"));
        faults.Need(!float.IsInfinity(Upper - Lower) || !float.IsFinite(Lower) || !float.IsFinite(Upper), "Upper - Lower", Upper - Lower,
            "a finite number");
        faults.ThrowIfAny(nameof(ScaleMinMaxOptions));
    }
}
