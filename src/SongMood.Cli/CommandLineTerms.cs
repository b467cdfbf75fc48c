using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>What the library's messages call its options, in the words of the command line.</summary>
internal static class CommandLineTerms
{
    public static IReadOnlyDictionary<Term, string> Names { get; } = new Dictionary<Term, string>
    {
        [Term.Inputs] = "--inputs",
        [Term.Seconds] = "--seconds",
        [Term.InputsMel] = "--inputs mel",
        [Term.InputsBoth] = "--inputs both",
        [Term.InputsDescriptors] = "--inputs descriptors",
        [Term.InputsEmbedding] = "--inputs embedding",
        [Term.Columns] = "--columns",
        [Term.Network] = "--network",
        [Term.Hidden] = "--hidden",
        [Term.Layers] = "--layers",
        [Term.Dropout] = "--dropout",
        [Term.CropFrames] = "--crop-frames",
        [Term.WeightDecay] = "--weight-decay",
        [Term.Epochs] = "--epochs",
        [Term.Bags] = "--bags",
        [Term.AlteredCopies] = "--augment",
        [Term.ConfidenceFolds] = "--confidence-folds",
        [Term.FeatureFile] = "--features",
        [Term.Validation] = "--validation",
        [Term.Patience] = "--patience",
        [Term.StartFrom] = "--start-from",
        [Term.KeepBest] = "--keep-best",
        [Term.MeasureModel] = "'songmood evaluate --model'",
        [Term.OtherFolds] = "--cross-validate, --group, --seed",
        [Term.TrainedOn] = "--trained-on takes the label file that it was trained on",
        [Term.MakeFeatureFile] = "'songmood extract' writes it",
        [Term.MakeFeatureFileAgain] = "Run 'songmood extract' again with the same --data, --inputs and --seconds",
        [Term.FeatureFileWriter] = "'songmood extract'",
        [Term.TrialCount] = "--trials",
        [Term.Trials] = "--trials N",
        [Term.DrawTrials] = "--strategy random --trials N",
        [Term.Grid] = "--strategy grid",
        [Term.Random] = "--strategy random",
        [Term.Halving] = "--strategy halving",
        [Term.Eta] = "--eta",
        [Term.LeastEpochs] = "--least-epochs",
        [Term.OtherSweep] = "Name another --out",
        [Term.Sweeper] = "'songmood sweep'",
        [Term.ModelMaker] = "'songmood train'",
    };
}
