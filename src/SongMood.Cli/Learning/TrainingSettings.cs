namespace SongMood.Cli.Learning;

/// <summary>What a network learns from.</summary>
internal enum SongInput
{
    /// <summary>The music descriptors of the audio.</summary>
    Descriptors,

    /// <summary>The mel spectrogram of the audio.</summary>
    Mel,

    /// <summary>Both of these, by a network each.</summary>
    Both,

    /// <summary>Numeric columns of the label file.</summary>
    Columns,
}

/// <summary>How to train; null means the network's own default.</summary>
/// <param name="Input">What is learned from, which decides the networks that fit.</param>
/// <param name="Columns">The numeric columns of <see cref="SongInput.Columns"/>.</param>
/// <param name="Seconds">Of each song, how much is listened to, from its start; null for all of it.</param>
/// <param name="Network">Which network, and its sizes.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="BatchSize">Songs a step.</param>
/// <param name="LearningRate">The optimiser's step size.</param>
/// <param name="Seed">Of everything random.</param>
internal sealed record TrainingSettings(
    SongInput Input, IReadOnlyList<string> Columns, double? Seconds, NetworkSettings Network, int? Epochs, int? BatchSize, double? LearningRate, int Seed)
{
    /// <summary>Networks that are trained, each on songs drawn with replacement, and averaged; 1 is one network on all songs.</summary>
    public int Bags { get; init; } = 1;

    /// <summary>For a report: what it takes to train the same again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new("inputs", Input.ToString().ToLowerInvariant());
        yield return new("network", NetworkRecipe.Describe(this));
        foreach (var chosen in Network.Describe())
            yield return chosen;
        if (Columns.Count > 0)
            yield return new("columns", string.Join(",", Columns));
        if (Bags > 1)
            yield return new("bags", $"{Bags}");
        if (Seconds is not null)
            yield return new("seconds", FormattableString.Invariant($"{Seconds}"));
        if (Epochs is not null)
            yield return new("epochs", $"{Epochs}");
        if (BatchSize is not null)
            yield return new("batch", $"{BatchSize}");
        if (LearningRate is not null)
            yield return new("learning rate", FormattableString.Invariant($"{LearningRate}"));
        yield return new("seed", $"{Seed}");
    }
}
