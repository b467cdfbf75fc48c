namespace SongMood.Learning;

/// <summary>How many trials run beside each other.</summary>
internal static class SweepJobs
{
    /// <summary>A process with its runtime and libtorch.</summary>
    private const long BareBytes = 512L << 20;

    /// <summary>What the steps of a network over spectrograms keep for their gradients.</summary>
    private const long SequenceBytes = 1L << 30;

    /// <summary>The features as a file, as rows, as the rows of a fold, as a tensor, and scaled.</summary>
    private const int FeatureCopies = 5;

    /// <summary>One for each core, fewer where the memory that is free would not hold them.</summary>
    public static int Default(MoodLearningOptions options)
    {
        var memory = GC.GetGCMemoryInfo();
        var free = memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
        var each = BareBytes + (options.FeatureFile is { } file ? FeatureCopies * new FileInfo(file).Length : 0)
            + (NetworkRecipe.HearsFrames(options) ? SequenceBytes : 0);
        return (int)Math.Clamp(free / each, 1, Environment.ProcessorCount);
    }
}
