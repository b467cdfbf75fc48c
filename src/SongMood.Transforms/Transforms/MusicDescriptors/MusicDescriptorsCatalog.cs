using SongMood.Dsp.Descriptors;
using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Describes whole songs in named numbers: loudness, dynamics, rhythm, tonality, spectrum, timbre, modulation (docs/descriptors.md
    /// defines each). Input: a mono waveform at 22,050 Hz, full scale 1. Output: a vector of known size with slot names; every value is
    /// finite, also of silence. None is the value of a like name that any web API gives.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="groups">Which descriptors; for the preset of eleven, give <see cref="MusicDescriptorsOptions.Eleven"/> instead.</param>
    /// <exception cref="ArgumentException">No group, or one that does not exist.</exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MusicDescriptors("Features", "Audio", DescriptorGroups.Rhythm | DescriptorGroups.Tonality));
    /// </code></example>
    public static MusicDescriptorsEstimator MusicDescriptors(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, DescriptorGroups groups = DescriptorGroups.All) =>
        catalog.MusicDescriptors(outputColumnName, inputColumnName, new MusicDescriptorsOptions { Groups = groups });

    /// <inheritdoc cref="MusicDescriptors(TransformsCatalog, string, string, DescriptorGroups)"
    /// path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static MusicDescriptorsEstimator MusicDescriptors(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName, MusicDescriptorsOptions options) =>
        new(new MusicDescriptorsTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
