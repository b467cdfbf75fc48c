using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>What a network has where nothing is chosen: <see cref="NetworkRecipe"/> the other way round.</summary>
internal static class NetworkDefaults
{
    /// <summary>Settings that name all that can be chosen of a network, at its defaults; what it does not have is null or empty.</summary>
    public static MoodLearningOptions Of(SongInput inputs, NetworkKind kind)
    {
        var settings = new MoodLearningOptions { Inputs = inputs, Network = new NetworkChoice { Kind = kind } };
        var options = NetworkRecipe.OptionsOf(settings);
        return settings with
        {
            Network = Choice(options) with { Kind = kind, WeightDecay = options.WeightDecay },
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,
        };
    }

    private static NetworkChoice Choice(NetworkOptions options) => options switch
    {
        MlpOptions { Form: MlpForm.Linear } => new(),
        MlpOptions mlp => new() { Hidden = mlp.SizesInForm(), Dropout = mlp.Dropout },
        CnnOptions cnn => new() { Hidden = cnn.Channels, Dropout = cnn.Dropout },
        RecurrentOptions recurrent => new()
        {
            Hidden = [recurrent.HiddenSize, .. recurrent.LinearSizes],
            Layers = recurrent.Layers,
            Dropout = recurrent.Dropout,
            CropFrames = recurrent.CropFrames,
        },
        CrnnOptions crnn => new()
        {
            Hidden = [crnn.HiddenSize, crnn.EmbeddingSize],
            Dropout = crnn.Dropout,
            CropFrames = crnn.CropFrames,
        },
        AttentionOptions attention => new()
        {
            Hidden = attention.Channels,
            Layers = attention.Blocks,
            Dropout = attention.Dropout,
            CropFrames = attention.CropFrames,
        },
        _ => new(),
    };
}
