using Microsoft.ML;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Trainers;

/// <summary>Every default of every options class, so that none changes unseen.</summary>
[Collection(nameof(Torch))]
public class OptionsTests
{
    private const string Common =
        "BatchSize=128 CalibrateTemperature=True CancellationToken=- CheckpointFolder=null ClassWeights=Balanced CurvesPath=null "
        + "Device=auto "
        + "EarlyStoppingPatience=null ExampleWeightColumnName=null FeatureColumnName=Features GradientClipNorm=null LabelColumnName=Label "
        + "LabelSmoothing=0 "
        + "MixupAlpha=0 Momentum=0.9 Optimizer=Adam Progress=null Sampling=Shuffled Schedule=constant Seed=null StandardizeInputs=True "
        + "StartFrom=null TensorBoardFolder=null Threads=null ValidationFraction=0 ValidationGroupColumnName=null WeightDecay=0";

    private const string Sequence = Common
    + " CropFrames=null FrequencyMaskBands=16 FrequencyMaskCount=0 TimeMaskCount=0 TimeMaskFrames=64";

    private const string Ours =
        " BatchSize=32 CropFrames=256 FrequencyMaskCount=2 MixupAlpha=0.3 Optimizer=AdamW Schedule=cosine(0.05, 0) "
        + "TimeMaskCount=2 TimeMaskFrames=32 WeightDecay=0.05";

    public static TheoryData<string, string> Defaults => new()
    {
        { nameof(MlpOptions), $"{Common} Dropout=0.2 Epochs=100 Form=BatchNormRelu HiddenSizes=null LearningRate=0.0001" },
        { nameof(CnnOptions), $"{Common} Channels=[40,80,160,160] Dropout=0.2 Epochs=100 LearningRate=0.0001" },
        { nameof(RnnOptions),
            $"{Sequence} Bidirectional=False Dropout=0 Epochs=100 HiddenSize=128 Layers=1 LearningRate=5E-05 LinearSizes=[]" },
        { nameof(LstmOptions),
            $"{Sequence} Bidirectional=False Dropout=0 Epochs=100 HiddenSize=512 Layers=1 LearningRate=3E-05 LinearSizes=[128]" },
        { nameof(GruOptions),
            $"{Sequence} Bidirectional=False Dropout=0 Epochs=100 HiddenSize=128 Layers=1 LearningRate=0.001 LinearSizes=[]" },
        { nameof(CrnnOptions),
            $"{Sequence} {Ours} Channels=[128,128,128] Dropout=0.3 EmbeddingSize=64 Epochs=40 HiddenSize=64 LearningRate=0.001" },
        { nameof(AttentionOptions),
            $"{Sequence} {Ours} Blocks=2 Channels=[128,128,128] Dropout=0.3 EmbeddingSize=64 Epochs=40 Heads=4 LearningRate=0.001" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Defaults_are_pinned(string type, string expected)
    {
        // Later ones override earlier ones of the same name.
        var pinned = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in expected.Replace(", ", ",").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            pinned[item[..item.IndexOf('=')]] = item[(item.IndexOf('=') + 1)..];
        var options = Activator.CreateInstance(typeof(MlpOptions).Assembly.GetType($"SongMood.Trainers.{type}")!)!;
        var got = options.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => Describe(property.GetValue(options)));
        Assert.Equal(pinned, new SortedDictionary<string, string>(got, StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_of_ensembles_are_pinned()
    {
        var ensemble = new EnsembleOptions();
        Assert.Equal(("Label", EnsembleCombiner.HeadOnOutputs, null, 5, null, null),
            (ensemble.LabelColumnName, ensemble.Combiner, ensemble.Weights, ensemble.FoldCount, ensemble.GroupColumnName, ensemble.Seed));
        var head = new MlpOptions { Form = MlpForm.Linear, LearningRate = 1e-2 };
        Assert.All(typeof(MlpOptions).GetProperties(), property => Assert.Equal(property.GetValue(head), property.GetValue(ensemble.Head)));
        Assert.Equal((100, 128), (ensemble.Head.Epochs, ensemble.Head.BatchSize));
        var bagging = new BaggingOptions();
        Assert.Equal(("Label", 10, 1.0, null, EnsembleCombiner.Average, null),
            (bagging.LabelColumnName, bagging.Count, bagging.SampleFraction, bagging.GroupColumnName, bagging.Combiner, bagging.Seed));
        Assert.Equal((7, 7), (typeof(EnsembleOptions).GetProperties().Length, typeof(BaggingOptions).GetProperties().Length + 1));
        Assert.True(typeof(EnsembleOptions).IsSealed && typeof(BaggingOptions).IsSealed);
    }

    [Fact]
    public void Options_choose_their_trainer()
    {
        var options = typeof(MlpOptions).Assembly.GetTypes()
            .Where(type => typeof(NetworkOptions).IsAssignableFrom(type) && !type.IsAbstract).ToArray();
        Assert.Equal(7, options.Length);
        foreach (var type in options)
        {
            var trainer = new MLContext().MulticlassClassification.Trainers.Network((NetworkOptions)Activator.CreateInstance(type)!);
            Assert.Equal(type.Name.Replace("Options", "Trainer"), trainer.GetType().Name);
        }
        Assert.Throws<ArgumentNullException>(() => new MLContext().MulticlassClassification.Trainers.Network(null!));
        Assert.Contains("Epochs is 0", Assert.Throws<ArgumentException>(
            () => new MLContext().MulticlassClassification.Trainers.Network(new MlpOptions() with { Epochs = 0 })).Message);
    }

    [Fact]
    public void Options_classes_are_sealed() => Assert.All(
        typeof(MlpOptions).Assembly.GetTypes().Where(type => typeof(NetworkOptions).IsAssignableFrom(type) && !type.IsAbstract), type =>
            Assert.True(type.IsSealed));

    [Fact]
    public void What_the_trainer_was_given_does_not_change_behind_its_back()
    {
        var ml = new MLContext(1);
        var reports = new List<EpochReport>();
        int[] sizes = [8, 4];
        var options = MlpTrainerTests.Quick() with { Epochs = 2, HiddenSizes = sizes, Progress = new MlpTrainerTests.Recorder(reports) };
        var trainer = ml.MulticlassClassification.Trainers.Mlp(options);
        sizes[0] = 0;
        Toy.Pipeline(ml, trainer).Fit(Toy.View(ml, Toy.Songs(16)));
        Assert.Equal(2, reports.Count);
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        CancellationToken => "-",
        IEnumerable<int> sizes => $"[{string.Join(",", sizes)}]",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!.Replace(", ", ","),
    };
}
