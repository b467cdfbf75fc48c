namespace SongMood.Learning;

/// <summary>A round of successive halving: how many trials train for how long.</summary>
internal sealed record Rung(int Trials, int Epochs)
{
    /// <summary>
    /// All trials train for a small part of the epochs; the best 1/eta of them train for eta times as many, until one is left or all epochs
    /// are spent (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016, figure 3, who
    /// halve; eta as in Li et al., "Hyperband", 2018). Each round trains anew, so that a schedule over the epochs runs to its end.
    /// </summary>
    /// <param name="trials">In the first round.</param>
    /// <param name="epochs">In the last round.</param>
    /// <param name="eta">One of how many goes on, for how many times the epochs.</param>
    /// <param name="leastEpochs">In the first round, at least: after too few, those look best that learn fast, not those that get
    /// far.</param>
    public static IReadOnlyList<Rung> Halve(int trials, int epochs, int eta, int leastEpochs = 1)
    {
        var steps = 0;
        for (long power = eta; power <= trials && power * leastEpochs <= epochs; power *= eta)
            steps++;
        return [.. Enumerable.Range(0, steps + 1).Select(step => new Rung(
            Math.Max(1, trials / (int)Math.Pow(eta, step)), Math.Max(1, (int)Math.Round(epochs / Math.Pow(eta, steps - step)))))];
    }
}
