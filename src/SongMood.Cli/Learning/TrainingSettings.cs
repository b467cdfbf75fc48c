namespace SongMood.Cli.Learning;

/// <summary>What a network learns from.</summary>
internal enum SongInput
{
    /// <summary>The music descriptors of the audio, by a multilayer perceptron.</summary>
    Descriptors,

    /// <summary>The mel spectrogram of the audio, by convolutions, then recurrence.</summary>
    Mel,

    /// <summary>Numeric columns of the label file, by a multilayer perceptron.</summary>
    Columns,
}

/// <summary>How to train; null means the network's own default.</summary>
/// <param name="Input">What is learned from, which decides the network.</param>
/// <param name="Columns">The numeric columns of <see cref="SongInput.Columns"/>.</param>
/// <param name="Seconds">Of each song, how much is listened to, from its start; null for all of it.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="BatchSize">Songs a step.</param>
/// <param name="LearningRate">The optimiser's step size.</param>
/// <param name="Seed">Of everything random.</param>
internal sealed record TrainingSettings(
    SongInput Input, IReadOnlyList<string> Columns, double? Seconds, int? Epochs, int? BatchSize, double? LearningRate, int Seed)
{
    /// <summary>For a report: what it takes to train the same again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new("inputs", Input.ToString().ToLowerInvariant());
        yield return new("network", Input == SongInput.Mel ? "crnn" : "mlp");
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
