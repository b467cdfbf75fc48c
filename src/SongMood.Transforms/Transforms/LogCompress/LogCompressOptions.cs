namespace SongMood.Transforms;

/// <summary>Options of <c>LogCompress</c>: the logarithm to <see cref="Base"/> of <see cref="Offset"/> + <see cref="Factor"/> x.</summary>
public sealed record LogCompressOptions
{
    /// <summary>The factor C of log10(1 + C x), above 0. Default 10000, as music taggers use.</summary>
    public float Factor { get; init; } = 10_000;

    /// <summary>What is added before the logarithm, from 1e-10 to 1e10. Default 1: silence becomes 0.</summary>
    public float Offset { get; init; } = 1;

    /// <summary>The base of the logarithm, from 1.1 to 1e10; <see cref="Math.E"/> for the natural one. Default 10.</summary>
    public double Base { get; init; } = 10;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Factor > 0 && float.IsFinite(Factor), nameof(Factor), Factor, "a number above 0");
        faults.Need(Offset is >= 1e-10f and <= 1e10f, nameof(Offset), Offset, "from 1e-10 to 1e10");
        faults.Need(Base is >= 1.1 and <= 1e10, nameof(Base), Base, "from 1.1 to 1e10");
        faults.Need(!faults.IsEmpty || float.IsFinite(Factor / Offset), "Factor / Offset", Factor / Offset, "a finite number");
        faults.ThrowIfAny(nameof(LogCompressOptions));
    }
}
