namespace SongMood.Learning;

/// <summary>Which of all combinations a sweep tries, and for how long.</summary>
public enum SweepStrategy
{
    /// <summary>Every combination.</summary>
    Grid,

    /// <summary>Different combinations by chance (Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012).</summary>
    Random,

    /// <summary>
    /// All for a few epochs, then the best part for more (Jamieson and Talwalkar, "Non-stochastic best arm identification and
    /// hyperparameter optimization", 2016).
    /// </summary>
    Halving,
}
