namespace SongMood.Cli.Learning;

/// <summary>The networks that the tool trains.</summary>
internal enum NetworkKind
{
    /// <summary>Convolutions, then recurrence, over the mel spectrogram of the audio.</summary>
    Crnn,

    /// <summary>A multilayer perceptron over numeric columns.</summary>
    Mlp,
}

/// <summary>How to train; null means the network's own default.</summary>
/// <param name="Network">The network.</param>
/// <param name="Columns">The numeric columns that an <see cref="NetworkKind.Mlp"/> learns from.</param>
/// <param name="Seconds">Of each song, how much is listened to, from its start; null for all of it.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="BatchSize">Songs a step.</param>
/// <param name="LearningRate">The optimiser's step size.</param>
/// <param name="Seed">Of everything random.</param>
internal sealed record TrainingSettings(
    NetworkKind Network, IReadOnlyList<string> Columns, double? Seconds, int? Epochs, int? BatchSize, double? LearningRate, int Seed)
{
    /// <summary>For a report: what it takes to train the same again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new("network", Network.ToString().ToLowerInvariant());
        if (Columns.Count > 0)
            yield return new("columns", string.Join(",", Columns));
        if (Seconds is not null)
            yield return new("seconds", $"{Seconds}");
        if (Epochs is not null)
            yield return new("epochs", $"{Epochs}");
        if (BatchSize is not null)
            yield return new("batch", $"{BatchSize}");
        if (LearningRate is not null)
            yield return new("learning rate", $"{LearningRate}");
        yield return new("seed", $"{Seed}");
    }
}
