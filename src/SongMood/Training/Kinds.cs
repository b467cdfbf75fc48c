namespace SongMood.Training;

/// <summary>How steps are made from gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015).</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>How classes weigh in the loss.</summary>
public enum ClassWeighting
{
    /// <summary>Every row the same.</summary>
    None,

    /// <summary>
    /// Every class the same: a row weighs rows / (classes * rows of its class), as in scikit-learn. A class without rows weighs nothing.
    /// </summary>
    Balanced,
}

/// <summary>How the rows of an epoch are drawn.</summary>
public enum RowSampling
{
    /// <summary>Each row once, in an order that is new every epoch.</summary>
    Shuffled,

    /// <summary>As many rows as there are, drawn with replacement so that every class comes up equally often.</summary>
    WeightedRandom,
}
