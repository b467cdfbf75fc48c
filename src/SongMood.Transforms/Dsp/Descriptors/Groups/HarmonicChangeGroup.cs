namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class HarmonicChangeGroup() : DescriptorGroup(DescriptorGroups.HarmonicChange, DescriptorNames.HarmonicChange)
{
    private readonly Matrix _centroids = new(HarmonicChange.CoordinateCount), _change = new(1);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        _centroids.Resize(song.Frames.FrameCount);
        _change.Resize(song.Frames.FrameCount);
        HarmonicChange.Compute(song.Frames.Chroma, _centroids, _change.Values);
        for (var circle = 0; circle < HarmonicChange.CoordinateCount; circle += 2)
            slots.Add(MeanRadius(_centroids.Row(circle), _centroids.Row(circle + 1)));
        for (var k = 0; k < HarmonicChange.CoordinateCount; k++)
            slots.Add(Summary.MeanAndDeviation(_centroids.Row(k)).Deviation);
        slots.AddSeries(_change.Values);
    }

    private static double MeanRadius(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (var t = 0; t < x.Length; t++)
            sum += Math.Sqrt(x[t] * x[t] + y[t] * y[t]);
        return sum / x.Length;
    }
}
