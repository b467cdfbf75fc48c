using System.Diagnostics;

namespace SongMood.Training;

/// <summary>Where a training stands between two epochs: all that it needs to go on, beside the weights and the optimiser's state.</summary>
internal sealed class Progress
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Epochs that have ended.</summary>
    public int Epoch { get; set; }

    /// <summary>The epoch with the lowest validation loss, or 0.</summary>
    public int BestEpoch { get; set; }

    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>How long earlier runs of this training took.</summary>
    public TimeSpan Before { get; set; }

    public TimeSpan Elapsed => Before + Stopwatch.GetElapsedTime(_started);
}
