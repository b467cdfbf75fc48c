namespace SongMood.Trainers;

/// <summary>How an ensemble makes one prediction of its members'.</summary>
public enum EnsembleCombiner
{
    /// <summary>
    /// A classifier is trained on the members' outputs, side by side (the paper's ensemble). The outputs are the logarithms of the
    /// probabilities: the logits but for a constant.
    /// </summary>
    HeadOnOutputs,

    /// <summary>
    /// A classifier is trained on the activations before the members' last layers, side by side (the paper's "last layer removed").
    /// </summary>
    HeadOnEmbeddings,

    /// <summary>The mean of the members' probabilities.</summary>
    Average,

    /// <summary>A weighted mean of the members' probabilities, with weights that are given or fitted.</summary>
    WeightedAverage,

    /// <summary>
    /// Each member votes for its most probable class. The score is (votes + mean probability) / (members + 1), so that the mean decides
    /// where votes are even.
    /// </summary>
    Vote,

    /// <summary>
    /// A classifier is trained on the outputs for rows that the members have not seen: each member is fitted once on all but each of
    /// several folds to predict the fold, and at last on all rows (Wolpert, "Stacked generalization", 1992). Members must be
    /// <see cref="EnsembleMember.ToTrain"/>.
    /// </summary>
    Stacking,
}
