namespace SongMood.Learning;

/// <summary>
/// What a message calls an option, or what to do about it. A program that offers the options under names of its own, such as a command
/// line, gives its names to <see cref="TermText.ToString(IReadOnlyDictionary{Term, string})"/>; to all others an option is the property
/// that it is.
/// </summary>
internal sealed class Term
{
    public static readonly Term
        Inputs = new("Inputs"),
        Seconds = new("Seconds"),
        InputsMel = new("Inputs Mel"),
        InputsBoth = new("Inputs Both"),
        InputsDescriptors = new("Inputs Descriptors"),
        InputsEmbedding = new("Inputs Embedding"),
        Columns = new("Inputs Columns"),
        Network = new("Network.Kind"),
        Hidden = new("Network.Hidden"),
        Layers = new("Network.Layers"),
        Dropout = new("Network.Dropout"),
        CropFrames = new("Network.CropFrames"),
        WeightDecay = new("Network.WeightDecay"),
        Epochs = new("Epochs"),
        Bags = new("Bags"),
        AlteredCopies = new("AlteredCopies"),
        ConfidenceFolds = new("ConfidenceFolds"),
        FeatureFile = new("FeatureFile"),
        Validation = new("ValidationFraction"),
        Patience = new("EarlyStoppingPatience"),
        StartFrom = new("StartFromModel"),
        KeepBest = new("KeepBestWhenCancelled"),
        MeasureModel = new("ModelEvaluation"),
        OtherFolds = new("another number of folds, another group column, another Seed"),
        TrainedOn = new("TrainedOn takes the songs that it was trained on"),
        MakeFeatureFile = new("FeatureExtraction writes it"),
        MakeFeatureFileAgain = new("Extract the features again from the same songs with the same Inputs and Seconds"),
        FeatureFileWriter = new("FeatureExtraction"),
        TrialCount = new("TrialCount"),
        Trials = new("TrialCount"),
        DrawTrials = new("Strategy Random and TrialCount"),
        Grid = new("Strategy Grid"),
        Random = new("Strategy Random"),
        Halving = new("Strategy Halving"),
        Eta = new("Eta"),
        LeastEpochs = new("LeastEpochs"),
        OtherSweep = new("Name another JournalPath"),
        Sweeper = new("MoodSweep"),
        ModelMaker = new("MoodLearning");

    private readonly string _text;

    private Term(string text) => _text = text;

    public override string ToString() => _text;
}
