namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class TonalityGroup() : DescriptorGroup(DescriptorGroups.Tonality, DescriptorNames.Tonality)
{
    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var key = song.Key;
        // On the circle of fifths neighbouring keys are neighbours: a fifth is 7 semitones, twelve of them a full turn.
        var (sine, cosine) = Math.SinCos(2 * Math.PI * (key.Tonic * 7 % 12) / 12);
        slots.Add(key.Tonic);
        slots.Add(cosine);
        slots.Add(sine);
        slots.Add(key.Strength);
        slots.Add(key.Clarity);
        slots.Add(key.MajorStrength);
        slots.Add(key.MinorStrength);
        slots.Add(key.MajorStrength - key.MinorStrength);
        slots.Add(song.TuningCents);
    }
}
