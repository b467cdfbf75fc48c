namespace SongMood.Trainers;

/// <summary>
/// What <see cref="LstmTrainer"/> can be told. Defaults are the paper's: 512 states, a hidden linear layer of 128, 100 epochs at a
/// learning rate of 3e-5.
/// </summary>
public sealed record LstmOptions : RecurrentOptions
{
    /// <summary>The defaults.</summary>
    public LstmOptions() : base(learningRate: 3e-5, hiddenSize: 512, linearSizes: [128])
    {
    }
}
