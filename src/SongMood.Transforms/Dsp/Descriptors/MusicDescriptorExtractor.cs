namespace SongMood.Dsp.Descriptors;
/// <summary>Sums a song up.</summary>
public sealed class MusicDescriptorExtractor
{
    internal static void RequireUsable(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("There is no sample; music descriptors need at least one.", nameof(samples));
        Samples.RequireFinite(samples);
    }
}
