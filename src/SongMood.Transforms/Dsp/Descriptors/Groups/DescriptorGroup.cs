namespace SongMood.Dsp.Descriptors.Groups;

/// <summary>The computation of one group's slots, in the order of <see cref="DescriptorNames"/>. Owns its buffers: one a thread.</summary>
internal abstract class DescriptorGroup(DescriptorGroups group, string[] names)
{
    public DescriptorGroups Group => group;

    public string[] Names => names;

    /// <summary>Writes exactly as many values as there are names.</summary>
    public abstract void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots);
}
