using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class LoudnessGroup() : DescriptorGroup(DescriptorGroups.Loudness, DescriptorNames.Loudness)
{
    private readonly LoudnessMeter _meter = new(FrameAnalysis.SampleRate);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        _meter.Measure(samples);
        slots.Add(_meter.IntegratedLufs);
        slots.Add(_meter.RangeLu);
        slots.Add(TensorPrimitives.Max(_meter.MomentaryLufs));
        slots.AddSeries(_meter.MomentaryLufs);
    }
}
