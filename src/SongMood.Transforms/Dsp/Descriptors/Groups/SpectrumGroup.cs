using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class SpectrumGroup() : DescriptorGroup(DescriptorGroups.Spectrum, DescriptorNames.Spectrum)
{
    private readonly Matrix _decibels = new(1);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var frames = song.Frames;
        slots.AddSeries(frames.CentroidHz);
        slots.AddSeries(frames.BandwidthHz);
        slots.AddSeries(frames.RollOffHz);
        slots.AddSeries(frames.Flatness);
        _decibels.Resize(frames.FrameCount);
        TensorPrimitives.Max(frames.Flatness, 1e-10f, _decibels.Values);
        TensorPrimitives.Log10(_decibels.Values, _decibels.Values);
        TensorPrimitives.Multiply(_decibels.Values, 10, _decibels.Values);
        slots.AddSeries(_decibels.Values);
    }
}

internal sealed class ContrastGroup() : DescriptorGroup(DescriptorGroups.Contrast, DescriptorNames.Contrast)
{
    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        slots.AddRows(song.Frames.Contrast);
        slots.AddRows(song.Frames.Valleys);
    }
}

internal sealed class ZeroCrossingsGroup() : DescriptorGroup(DescriptorGroups.ZeroCrossings, DescriptorNames.ZeroCrossings)
{
    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots) =>
        slots.AddSeries(song.Frames.ZeroCrossingRate);
}

internal sealed class RoughnessGroup() : DescriptorGroup(DescriptorGroups.Roughness, DescriptorNames.Roughness)
{
    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots) => slots.AddSeries(song.Frames.Roughness);
}
