using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Trainers;

/// <summary>Each trainer, from the catalog to a saved model.</summary>
[Collection(nameof(Torch))]
public class EveryTrainerTests
{
    private static readonly Dictionary<string, Func<MLContext, (IEstimator<ITransformer> Trainer, bool Sequence)>> Trainers = new()
    {
        ["Mlp"] = ml => (ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpOptions { HiddenSizes = [16] })), false),
        ["Mlp, second form"] = ml =>
            (ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpOptions { HiddenSizes = [16, 8], Form = MlpForm.Hardtanh })), false),
        ["Cnn"] = ml => (ml.MulticlassClassification.Trainers.Cnn(Quick(new CnnOptions { Channels = [8, 8, 16, 16] })), false),
        ["Rnn"] = ml => (ml.MulticlassClassification.Trainers.Rnn(Quick(new RnnOptions { HiddenSize = 16 })), true),
        ["Lstm"] = ml => (ml.MulticlassClassification.Trainers.Lstm(Quick(new LstmOptions { HiddenSize = 16, LinearSizes = [8] })), true),
        ["Gru"] = ml =>
            (ml.MulticlassClassification.Trainers.Gru(Quick(new GruOptions { HiddenSize = 12, Bidirectional = true, Layers = 2 })), true),
        ["Crnn"] = ml => (ml.MulticlassClassification.Trainers.Crnn(Quick(CrnnTrainerTests.Quick())), true),
        ["Attention"] = ml => (ml.MulticlassClassification.Trainers.Attention(
            Quick(new AttentionOptions
            {
                Channels = [
                16],
                Blocks = 1,
                Heads = 2,
                CropFrames = 16,
                TimeMaskFrames = 4,
                FrequencyMaskBands = 1
            })), true),
        ["Mlp, linear"] = ml => (ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpOptions { Form = MlpForm.Linear })), false),
        ["Ensemble"] = ml =>
            (ml.MulticlassClassification.Trainers.Ensemble([Member(ml, MlpForm.BatchNormRelu), Member(ml, MlpForm.Hardtanh)]), false),
        ["Bagging"] = ml => (ml.MulticlassClassification.Trainers.Bagging(
            ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpOptions { HiddenSizes = [16] })), new BaggingOptions { Count = 3 }),
            false),
    };

    public static TheoryData<string> Names => [.. Trainers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Learns_scores_a_row_alone_as_in_a_batch_and_saves(string name)
    {
        var ml = new MLContext(1);
        var (trainer, sequence) = Trainers[name](ml);
        var data = sequence ? Toy.View(ml, Toy.Clips(96), frames: 24) : Toy.View(ml, Toy.Songs());
        var model = Toy.Pipeline(ml, trainer).Fit(data);
        var scored = model.Transform(data);
        Assert.InRange(ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.8, 1);
        var together = Toy.Scores(scored);
        for (var i = 1; i <= 3; i++)
        {
            var alone = Toy.Scores(model.Transform(ml.Data.TakeRows(ml.Data.SkipRows(data, i), 1))).Single();
            Close.Equal(together[i], alone, 1e-6f);
        }
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        Assert.Equal(together, Toy.Scores(new MLContext().Model.Load(stream, out _).Transform(data)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_seed_gives_one_file(string name)
    {
        Assert.Equal(Save(), Save());

        // The entries of the zip: the zip itself has time stamps.
        string[] Save()
        {
            var ml = new MLContext(3);
            var (trainer, sequence) = Trainers[name](ml);
            var data = sequence ? Toy.View(ml, Toy.Clips(32), frames: 24) : Toy.View(ml, Toy.Songs());
            using var stream = new MemoryStream();
            ml.Model.Save(Toy.Pipeline(ml, trainer).Fit(data), data.Schema, stream);
            using var zip = new System.IO.Compression.ZipArchive(stream);
            return [.. zip.Entries.Select(entry =>
            {
                using var content = entry.Open();
                return $"{entry.FullName} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content))}";
            })];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_default_sizes_score_a_row_alone_as_in_a_batch(bool convolutions)
    {
        var ml = new MLContext(1);
        var data = Toy.View(ml, Toy.Songs(1500));
        var trainer = convolutions
            ? (IEstimator<ITransformer>)ml.MulticlassClassification.Trainers.Cnn(new CnnOptions { Epochs = 1, LearningRate = 1e-2 })
            : ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { Epochs = 2, LearningRate = 1e-2 });
        var model = Toy.Pipeline(ml, trainer).Fit(data);
        var together = Toy.Scores(model.Transform(data));
        using var engine = ml.Model.CreatePredictionEngine<Toy.Song, Toy.Scored>(model);
        var songs = Toy.Songs(1500);
        for (var i = 0; i < songs.Length; i += 7)
            Close.Equal(together[i], engine.Predict(songs[i]).Score, 1e-6f);
    }

    private static EnsembleMember Member(MLContext ml, MlpForm form) =>
        EnsembleMember.ToTrain(ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpOptions { Form = form, HiddenSizes = [16, 8] })));

    private static TOptions Quick<TOptions>(TOptions options) where TOptions : NetworkOptions =>
        (TOptions)((NetworkOptions)options with { Epochs = options is SequenceOptions ? 15 : 25, LearningRate = 1e-2, BatchSize = 32 });
}
