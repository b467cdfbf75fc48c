namespace SongMood.Trainers;

/// <summary>
/// What <see cref="RnnTrainer"/> can be told. Defaults are the paper's: 128 states, 100 epochs at a learning rate of 5e-5, no hidden
/// linear layer.
/// </summary>
public sealed record RnnOptions : RecurrentOptions
{
    /// <summary>The defaults.</summary>
    public RnnOptions() : base(learningRate: 5e-5, hiddenSize: 128, linearSizes: [])
    {
    }
}
