namespace SongMood.Trainers;

/// <summary>
/// What <see cref="GruTrainer"/> can be told. The paper has no such network; defaults are 128 states and 100 epochs at a learning rate of
/// 1e-3.
/// </summary>
public sealed record GruOptions : RecurrentOptions
{
    /// <summary>The defaults.</summary>
    public GruOptions() : base(learningRate: 1e-3, hiddenSize: 128, linearSizes: [])
    {
    }
}
