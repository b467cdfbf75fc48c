using Microsoft.ML;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// What is learnt from where nobody says it, but a file with features, or a model to go on from, is named: what these hold.
/// </summary>
internal static class InputsOfFiles
{
    private static readonly SongInput[] Heard = [SongInput.Embedding, SongInput.Descriptors, SongInput.Mel, SongInput.Both];

    /// <returns>
    /// Null where no file is named, where it is not there, which is said when it is needed, where it holds something else, or where the
    /// network says what it needs.
    /// </returns>
    /// <exception cref="LearningFileException">The feature file is none, or it is damaged.</exception>
    /// <exception cref="MoodModelException">The model is none.</exception>
    /// <exception cref="MoodLearningException">The model is not one network.</exception>
    public static SongInput? Find(MoodLearningOptions options)
    {
        var context = new MLContext();
        if (options.Network?.Kind?.IsSequence() == true || TypesIn(context, options) is not { } types)
            return null;
        foreach (var input in Heard)
            if (FeaturePipeline.Of(context, new LearningRecipe(new MoodLearningOptions { Inputs = input })).Types == types)
                return input;
        return null;
    }

    private static FeatureTypes? TypesIn(MLContext context, MoodLearningOptions options)
    {
        if (File.Exists(options.FeatureFile))
        {
            using var file = FeatureFile.Open(context, options.FeatureFile);
            return file.Types;
        }
        return File.Exists(options.StartFromModel) ? StartingModel.Read(context, options.StartFromModel).Types : null;
    }
}
