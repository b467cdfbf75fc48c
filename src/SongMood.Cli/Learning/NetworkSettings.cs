namespace SongMood.Cli.Learning;

/// <summary>Which network, and its sizes; null means the network's own default.</summary>
/// <param name="Kind">Which; null for the one that fits what is learned from.</param>
/// <param name="Hidden">
/// Of a perceptron the sizes of its hidden layers; of convolutions and attention the channels; of recurrence the states, then the sizes of
/// the linear layers over them (one at most for the crnn). Empty for the network's own.
/// </param>
/// <param name="Layers">Recurrent layers or blocks of attention, one over the other.</param>
/// <param name="Dropout">The share of activations that is dropped while training.</param>
/// <param name="CropFrames">Frames of each song that a step of training hears.</param>
/// <param name="WeightDecay">The optimiser's.</param>
internal sealed record NetworkSettings(
    NetworkKind? Kind, IReadOnlyList<int> Hidden, int? Layers, double? Dropout, int? CropFrames, double? WeightDecay)
{
    public static NetworkSettings Default { get; } = new(null, [], null, null, null, null);

    /// <summary>For a report: what was chosen.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
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

    /// <summary>Sizes as the command line takes them, in one word.</summary>
    public static string HiddenText(IReadOnlyList<int> sizes) => string.Join('x', sizes);
}
