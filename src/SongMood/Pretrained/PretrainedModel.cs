using SongMood.Scoring;

namespace SongMood.Pretrained;

/// <summary>The model that is embedded in this assembly (Pretrained/model.zip; docs/model-card.md says how it is made).</summary>
internal static class PretrainedModel
{
    private const string ResourceName = "SongMood.Pretrained.model.zip";

    public static bool Exists => typeof(PretrainedModel).Assembly.GetManifestResourceInfo(ResourceName) is not null;

    public static Stream Open() => typeof(PretrainedModel).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new MoodModelException(
            "This build of SongMood carries no pretrained model. Train one (MoodLearning, or 'songmood train') and name it "
            + "(MoodPredictor.Load, or --model).");
}
