using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>All descriptors of all songs, decoded and computed once; kept in a feature file where one is named.</summary>
internal static class Extraction
{
    /// <exception cref="LabelledDataException">A song cannot be read.</exception>
    public static async Task<FeatureTable> RunAsync(LabelledSongs songs, string? featureFile)
    {
        var options = new MoodLearningOptions { Inputs = SongInput.Descriptors };
        if (featureFile is not null && await new FeatureExtraction(songs, featureFile, options).RunAsync() is [var unreadable, ..])
            throw unreadable;
        return await FeatureTable.ComputeAsync(songs, options with { FeatureFile = featureFile });
    }
}
