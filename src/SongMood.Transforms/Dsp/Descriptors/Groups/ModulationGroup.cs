namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class ModulationGroup() : DescriptorGroup(DescriptorGroups.Modulation, DescriptorNames.Modulation)
{
    private readonly Modulation _modulation = new();
    private readonly float[] _values = new float[Modulation.GroupCount * Modulation.RangeCount];

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        _modulation.Compute(song.Frames.MelDecibels, song.Frames.FrameCount, _values);
        slots.AddAll(_values);
        slots.Add(_modulation.SyllableShare(song.Frames.Level));
    }
}
