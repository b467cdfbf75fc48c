namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class ChromaGroup() : DescriptorGroup(DescriptorGroups.Chroma, DescriptorNames.Chroma)
{
    private readonly Matrix _entropy = new(1);
    private readonly (float Mean, float Deviation)[] _classes = new (float, float)[ChromaBank.ClassCount];

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var chroma = song.Frames.Chroma;
        slots.AddRows(chroma);
        WriteEntropy(song.Frames.ChromaEnergy, song.Frames.FrameCount);
        slots.AddSeries(_entropy.Values);

        for (var c = 0; c < ChromaBank.ClassCount; c++)
            _classes[c] = Summary.MeanAndDeviation(chroma.Row(c));
        for (var degree = 0; degree < 12; degree++)
            slots.Add(song.Key.PitchClasses[(song.Key.Tonic + degree) % 12]);
        for (var degree = 0; degree < 12; degree++)
            slots.Add(_classes[(song.Key.Tonic + degree) % 12].Mean);
        for (var degree = 0; degree < 12; degree++)
            slots.Add(_classes[(song.Key.Tonic + degree) % 12].Deviation);
    }

    /// <summary>Bits, 0 (one class) to log2(12) = 3.58; 0 for silence.</summary>
    private void WriteEntropy(ReadOnlySpan<float> energies, int frameCount)
    {
        _entropy.Resize(frameCount);
        var entropy = _entropy.Values;
        for (var t = 0; t < frameCount; t++)
        {
            var sum = 0f;
            for (var c = 0; c < ChromaBank.ClassCount; c++)
                sum += energies[c * frameCount + t];
            var bits = 0f;
            for (var c = 0; c < ChromaBank.ClassCount && sum > 0; c++)
                if (energies[c * frameCount + t] / sum is var share and > 0)
                    bits -= share * MathF.Log2(share);
            entropy[t] = bits;
        }
    }
}
