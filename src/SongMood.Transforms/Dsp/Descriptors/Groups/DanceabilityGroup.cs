namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class DanceabilityGroup() : DescriptorGroup(DescriptorGroups.Danceability, DescriptorNames.Danceability)
{
    private readonly Fluctuation _fluctuation = new();

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        _fluctuation.Compute(samples, FrameAnalysis.SampleRate);
        slots.Add(_fluctuation.Danceability);
        slots.Add(_fluctuation.ShortExponent);
        slots.Add(_fluctuation.MiddleExponent);
        slots.Add(_fluctuation.LongExponent);
    }
}
