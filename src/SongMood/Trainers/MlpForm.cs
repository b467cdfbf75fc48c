namespace SongMood.Trainers;

/// <summary>The paper's two multilayer perceptrons.</summary>
public enum MlpForm
{
    /// <summary>Each hidden layer with batch normalisation, ReLU and dropout.</summary>
    BatchNormRelu,

    /// <summary>Each hidden layer with Hardtanh and dropout.</summary>
    Hardtanh,
}
