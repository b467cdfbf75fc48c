namespace SongMood.Trainers;

/// <summary>The paper's two multilayer perceptrons, and what is left of them without hidden layers.</summary>
public enum MlpForm
{
    /// <summary>Each hidden layer with batch normalisation, ReLU and dropout.</summary>
    BatchNormRelu,

    /// <summary>Each hidden layer with Hardtanh and dropout.</summary>
    Hardtanh,

    /// <summary>
    /// No hidden layer: a linear map and a softmax, as ensembles use it over their members. Not in the paper as a network of its own.
    /// </summary>
    Linear,
}
