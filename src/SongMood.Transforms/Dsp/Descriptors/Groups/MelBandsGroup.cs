using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class MelBandsGroup() : DescriptorGroup(DescriptorGroups.MelBands, DescriptorNames.MelBands)
{
    public const int Count = 32;
    private const int Width = FrameAnalysis.BandCount / Count;
    private readonly Matrix _bands = new(Count);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var mel = song.Frames.Mel;
        var frameCount = song.Frames.FrameCount;
        _bands.Resize(frameCount);
        for (var band = 0; band < Count; band++)
        {
            var row = _bands.Row(band);
            mel.Slice(band * Width * frameCount, frameCount).CopyTo(row);
            for (var i = 1; i < Width; i++)
                TensorPrimitives.Add(row, mel.Slice((band * Width + i) * frameCount, frameCount), row);
            TensorPrimitives.Divide(row, Width, row);
        }
        LevelDecibels.FromPower(_bands.Values, _bands.Values);
        slots.AddRows(_bands);
    }
}
