using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>The features of all songs, decoded and computed once; kept in a feature file where one is named.</summary>
internal static class Extraction
{
    /// <exception cref="LabelledDataException">A song cannot be read.</exception>
    public static async Task<FeatureTable> RunAsync(
        LabelledSongs songs, string? featureFile, SongInput inputs = SongInput.Descriptors)
    {
        var options = new MoodLearningOptions { Inputs = inputs };
        if (featureFile is not null && await new FeatureExtraction(songs, featureFile, options).RunAsync() is [var unreadable, ..])
            throw unreadable;
        return await FeatureTable.ComputeAsync(songs, options with { FeatureFile = featureFile });
    }

    /// <summary>The same, kept in a folder under the name of the inputs.</summary>
    /// <exception cref="LabelledDataException">A song cannot be read.</exception>
    public static Task<FeatureTable> InFolderAsync(LabelledSongs songs, string? featureFolder, SongInput inputs) =>
        RunAsync(songs, featureFolder is null ? null : Path.Combine(featureFolder, $"{inputs}.idv"), inputs);
}
