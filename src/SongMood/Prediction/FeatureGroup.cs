using SongMood.Dsp.Descriptors;

namespace SongMood.Prediction;

/// <summary>Some of the features that a model hears, which can be made usual: as they mostly are.</summary>
/// <param name="Name">What they are, in words.</param>
/// <param name="Column">Which of the columns where the model is taken apart they are in.</param>
/// <param name="MakeUsual">Writes the usual values in place of theirs.</param>
internal sealed record FeatureGroup(string Name, int Column, Action<float[]> MakeUsual)
{
    private static readonly (DescriptorGroups Group, string Name)[] Descriptors =
    [
        (DescriptorGroups.Loudness, "loudness"), (DescriptorGroups.Dynamics, "dynamics"), (DescriptorGroups.Rhythm, "rhythm"),
        (DescriptorGroups.Danceability, "regularity"), (DescriptorGroups.Tonality, "key"), (DescriptorGroups.Chroma, "notes"),
        (DescriptorGroups.HarmonicChange, "changes of harmony"), (DescriptorGroups.Spectrum, "brightness"),
        (DescriptorGroups.Contrast, "contrast of the spectrum"), (DescriptorGroups.ZeroCrossings, "noisiness"),
        (DescriptorGroups.Mfcc, "timbre"), (DescriptorGroups.MelBands, "balance of bass and treble"),
        (DescriptorGroups.Roughness, "roughness"), (DescriptorGroups.Modulation, "swings of level"),
    ];

    // Shares of the mel bands, as the descriptors' flux has them: about 400, 1100, 2700 and 6000 Hz of 128 bands up to 11,025 Hz.
    private static readonly (string Name, double From, double To)[] Ranges =
    [
        ("low bass", 0, 0.125), ("bass", 0.125, 0.3125), ("middle", 0.3125, 0.5625), ("presence", 0.5625, 0.8125), ("treble", 0.8125, 1),
    ];

    /// <summary>The groups of a column of descriptors; a group's usual values are the medians of the songs that were learnt from.</summary>
    public static IEnumerable<FeatureGroup> OfDescriptors(
        int column, IReadOnlyList<string> names, IReadOnlyDictionary<string, float> medians)
    {
        foreach (var (group, name) in Descriptors)
        {
            var ofGroup = MusicDescriptorExtractor.NamesOf(group).ToHashSet();
            int[] places = [.. names.Index().Where(slot => ofGroup.Contains(slot.Item) && medians.ContainsKey(slot.Item))
                .Select(slot => slot.Index)];
            if (places.Length > 0)
                yield return new FeatureGroup(name, column, values =>
                {
                    foreach (var place in places)
                        values[place] = medians[names[place]];
                });
        }
    }

    /// <summary>
    /// The groups of a mel spectrogram (bands, frames): in each band of a group, every frame becomes the median of the song's frames, so
    /// that nothing happens there any more.
    /// </summary>
    public static IEnumerable<FeatureGroup> OfBands(int column, int bandCount) =>
        from range in Ranges
        let first = (int)Math.Round(range.From * bandCount)
        let end = (int)Math.Round(range.To * bandCount)
        where end > first
        select new FeatureGroup(range.Name, column, values =>
        {
            var frameCount = values.Length / bandCount;
            for (var band = first; band < end; band++)
            {
                var frames = values.AsSpan(band * frameCount, frameCount);
                var sorted = frames.ToArray();
                Array.Sort(sorted);
                frames.Fill(sorted[(frameCount - 1) / 2]);
            }
        });
}
