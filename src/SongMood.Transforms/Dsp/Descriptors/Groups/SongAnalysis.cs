namespace SongMood.Dsp.Descriptors.Groups;

/// <summary>What several groups share. Owns its buffers: one a thread.</summary>
internal sealed class SongAnalysis
{
    private readonly Tuning _tuning = new();

    public FrameAnalysis Frames { get; } = new();

    public KeyFinder Key { get; } = new();

    public double TuningCents { get; private set; }

    public void Run(ReadOnlySpan<float> samples, DescriptorGroups groups)
    {
        Frames.Run(samples, groups);
        if ((groups & (DescriptorGroups.Tonality | DescriptorGroups.Chroma)) == 0)
            return;
        TuningCents = _tuning.Cents(Frames.Partials, Frames.FrameCount);
        Key.Find(Frames.Partials, Frames.Level, TuningCents);
    }
}
