namespace SongMood.Learning;

/// <summary>Which network, and its sizes; null means the network's own default.</summary>
public sealed record NetworkChoice
{
    /// <summary>The network that fits what is learnt from, at its own sizes.</summary>
    public static NetworkChoice Default { get; } = new();

    /// <summary>
    /// Which. Default null: over the embedding <see cref="NetworkKind.Linear"/>, or <see cref="NetworkKind.Mlp"/> where
    /// <see cref="Hidden"/> or <see cref="Dropout"/> is given; over other numbers <see cref="NetworkKind.Mlp"/>, over spectrograms
    /// <see cref="NetworkKind.Crnn"/>. Those over spectrograms need no <see cref="MoodLearningOptions.Inputs"/> beside them.
    /// </summary>
    public NetworkKind? Kind { get; init; }

    /// <summary>
    /// The sizes of a perceptron's hidden layers; the channels of convolutions and attention; the states of recurrence, then the sizes of
    /// the linear layers over them (one at most for the crnn). Each at least 1. Default empty: the network's own.
    /// </summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>Recurrent layers or blocks of attention, one over the other; at least 1. Default null.</summary>
    public int? Layers { get; init; }

    /// <summary>The share of activations that is dropped while training, from 0 to below 1. Default null.</summary>
    public double? Dropout { get; init; }

    /// <summary>
    /// Frames of each song (43 a second) that a step of training hears, at a place drawn anew each time; at least 1. Default null.
    /// </summary>
    public int? CropFrames { get; init; }

    /// <summary>
    /// The optimiser's weight decay, not negative. Default null: the network's own. The linear model's is 3e-4, and with fewer than 480
    /// songs 0.144 divided by their number.
    /// </summary>
    public double? WeightDecay { get; init; }

    /// <summary>Compares the sizes one by one.</summary>
    public bool Equals(NetworkChoice? other) => other is not null && Hidden.SequenceEqual(other.Hidden)
        && (Kind, Layers, Dropout, CropFrames, WeightDecay) == (other.Kind, other.Layers, other.Dropout, other.CropFrames,
            other.WeightDecay);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Hidden.Count, Layers, Dropout, CropFrames, WeightDecay);

    /// <summary>Such as "Mlp, hidden 64x32, dropout 0.3".</summary>
    public override string ToString() => string.Join(", ",
        Describe().Select(setting => $"{setting.Key} {setting.Value}").Prepend(Kind?.ToString() ?? "the network that fits"));

    /// <summary>What was chosen, by name, for a report.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Describe()
    {
        if (Hidden.Count > 0)
            yield return new("hidden", HiddenText(Hidden));
        if (Layers is not null)
            yield return new("layers", $"{Layers}");
        if (Dropout is not null)
            yield return new("dropout", FormattableString.Invariant($"{Dropout}"));
        if (CropFrames is not null)
            yield return new("crop frames", $"{CropFrames}");
        if (WeightDecay is not null)
            yield return new("weight decay", FormattableString.Invariant($"{WeightDecay}"));
    }

    /// <summary>Sizes in one word.</summary>
    internal static string HiddenText(IReadOnlyList<int> sizes) => string.Join('x', sizes);
}
