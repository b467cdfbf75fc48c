using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>What makes no ensemble is refused by an error that names it; what can be mended is.</summary>
[Collection(nameof(Torch))]
public class BadMemberTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public BadMemberTests() => _data = TwoViews.View(_ml, TwoViews.Songs(80));

    private ITransformer Quick(string column, IDataView? data = null) =>
        _ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options(column, epochs: 5)).Fit(data ?? _data);

    private EnsembleTrainer Trainer(EnsembleCombiner combiner, params EnsembleMember[] members) =>
        _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: combiner);

    private static void Refused(Action what, params string[] says)
    {
        var message = Assert.Throws<ArgumentException>(what).Message;
        Assert.All(says, text => Assert.Contains(text, message));
    }

    [Fact]
    public void One_member_none_and_null()
    {
        var member = EnsembleMember.Of(Quick("Valence"));
        Refused(() => Trainer(EnsembleCombiner.Average, member), "two or more members, but there is 1");
        Refused(() => Trainer(EnsembleCombiner.Average), "there are 0");
        Refused(() => Trainer(EnsembleCombiner.Average, member, null!), "members[1] is null");
        Assert.Throws<ArgumentNullException>(() => Trainer(EnsembleCombiner.Average, null!));
        Assert.Throws<ArgumentNullException>(() => EnsembleMember.Of(null!));
        Assert.Throws<ArgumentNullException>(() => EnsembleMember.ToTrain(null!));
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once() => Refused(
        () => _ml.MulticlassClassification.Trainers.Ensemble([EnsembleMember.Of(Quick("Valence"))], new EnsembleOptions
        {
            LabelColumnName = "",
            Weights = [1, -1],
            FoldCount = 1,
            GroupColumnName = "",
            Head = new EnsembleOptions().Head with { Epochs = 0, HiddenSizes = [3] },
        }),
        "LabelColumnName is", "Weights is [1, -1], expected one for each of the 1 members", "numbers that are not negative",
        "FoldCount is 1", "GroupColumnName is",
        "Head.Epochs is 0", "Head.HiddenSizes is [3]", "two or more members");

    [Fact]
    public void Stacking_of_fitted_members() => Refused(
        () => Trainer(EnsembleCombiner.Stacking, EnsembleMember.Of(Quick("Valence")),
            EnsembleMember.ToTrain(TwoViews.Trainer(_ml, "Arousal"))),
        "members[0] is fitted already", "EnsembleMember.ToTrain");

    [Fact]
    public void A_member_that_is_no_network_of_ours()
    {
        var foreign = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "Valence");
        Refused(() => EnsembleMember.Of(foreign.Fit(_data)), "no network of SongMood", "MulticlassPredictionTransformer");
        Refused(() => EnsembleMember.Of(_ml.Transforms.CopyColumns("A", "Valence").Fit(_data)), "no step of it scores",
            "ColumnCopyingTransformer");
        var second = EnsembleMember.Of(Quick("Valence"));
        Refused(() => Trainer(EnsembleCombiner.Average, second, EnsembleMember.ToTrain(foreign)).Fit(_data),
            "members[1] is no network of SongMood");
        // A network of ours that something else scores after.
        var behind = _ml.Transforms.CopyColumns("Ours", "Valence").Append(TwoViews.Trainer(_ml, "Ours")).Append(foreign).Fit(_data);
        Refused(() => EnsembleMember.Of(behind), "its last step that scores is MulticlassPredictionTransformer");
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_model()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => EnsembleMember.FromFile(folder.File("none.zip")));
        Assert.Throws<MoodModelException>(() => EnsembleMember.FromFile(folder.Write("text.zip", "no zip")));
    }

    [Fact]
    public void Missing_columns_are_named_with_their_member()
    {
        var direct = EnsembleMember.Of(Quick("Valence"));
        var behindSteps =
            EnsembleMember.Of(_ml.Transforms.CopyColumns("Copy", "Arousal").Append(_ml.Transforms.ScaleMinMax("Scaled", "Copy"))
            .Append(_ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Scaled", epochs: 2))).Fit(_data));
        var trainer = Trainer(EnsembleCombiner.Average, direct, behindSteps);
        var fitted = trainer.Fit(_data);
        foreach (var (column, owner) in new[] { ("Valence", "members[0]"), ("Arousal", "members[1]") })
        {
            var without = _ml.Transforms.DropColumns(column).Fit(_data).Transform(_data);
            Refused(() => trainer.Fit(without), owner, $"'{column}'");
            Refused(() => fitted.Transform(without), owner, $"'{column}'");
            Refused(() => fitted.GetOutputSchema(without.Schema), owner, $"'{column}'");
        }
        Refused(() => trainer.Fit(_ml.Transforms.DropColumns("Label").Fit(_data).Transform(_data)), "label column 'Label'");
    }

    /// <summary>Data may have a column of the name that a member's own step makes: it is not taken for it.</summary>
    [Fact]
    public void A_column_of_the_datas_does_not_stand_in_for_one_that_a_member_makes()
    {
        var member = EnsembleMember.Of(_ml.Transforms.ScaleMinMax("Mel", "Valence").Append(_ml.Transforms.ScaleMinMax("Scaled", "Mel"))
            .Append(_ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Scaled", epochs: 2))).Fit(_data));
        var pipeline = _ml.Transforms.CopyColumns("Mel", "Arousal").Append(_ml.Transforms.DropColumns("Valence"));
        var other = pipeline.Fit(_data).Transform(_data);
        Refused(() => Trainer(EnsembleCombiner.Average, member, EnsembleMember.Of(Quick("Arousal"))).Fit(other), "members[0]", "'Valence'");
    }

    [Fact]
    public void Members_columns_do_not_meet()
    {
        // Both call their own column "Scaled", which the data has as well, with something else in it.
        ITransformer Scaled(string column) => _ml.Transforms.CopyColumns("Scaled", column).Append(_ml.Transforms.ScaleMinMax("Scaled"))
            .Append(_ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Scaled", epochs: 5))).Fit(_data);
        var (left, right) = (Scaled("Valence"), Scaled("Arousal"));
        var data = _ml.Transforms.CopyColumns("Scaled", "Artist").Fit(_data).Transform(_data);
        var ensemble = Trainer(EnsembleCombiner.Average, EnsembleMember.Of(left), EnsembleMember.Of(right)).Fit(data).Transform(data);
        Assert.Equal(TextDataViewType.Instance, ensemble.Schema["Scaled"].Type);
        var (a, b) = (Toy.Scores(left.Transform(_data)), Toy.Scores(right.Transform(_data)));
        Assert.All(Toy.Scores(ensemble).Index(), row => Assert.Equal((a[row.Index][2] + b[row.Index][2]) / 2, row.Item[2], 1e-6f));
    }

    [Fact]
    public void Classes_in_another_order_are_matched_by_name()
    {
        // The member met the moods from the last to the first.
        var reversed =
            _ml.Data.LoadFromEnumerable(TwoViews.Songs(80).OrderByDescending(song => Array.IndexOf(Toy.Moods, song.Mood)).ToArray());
        var member = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(TwoViews.Trainer(_ml, "Valence")).Fit(reversed);
        var other = Quick("Arousal");
        var ensemble = Trainer(EnsembleCombiner.Average, EnsembleMember.Of(member), EnsembleMember.Of(other)).Fit(_data);
        Assert.Equal(Toy.Moods, ensemble.Model.ClassNames);
        var (a, b) = (Toy.Scores(member.LastTransformer.Transform(_data)), Toy.Scores(other.Transform(_data)));
        Assert.All(Toy.Scores(ensemble.Transform(_data)).Index(),
            row => Assert.Equal((a[row.Index][3 - 1] + b[row.Index][1]) / 2, row.Item[1], 1e-6f));
    }

    [Fact]
    public void Other_classes_are_refused()
    {
        var songs = TwoViews.Songs(80);
        foreach (var song in songs)
            song.Mood = song.Mood == "calm" ? "quiet" : song.Mood;
        var view = _ml.Data.LoadFromEnumerable(songs);
        var member = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(TwoViews.Trainer(_ml, "Valence")).Fit(view);
        Refused(() => Trainer(EnsembleCombiner.Average, EnsembleMember.Of(Quick("Valence")), EnsembleMember.Of(member)).Fit(_data),
            "members[1] tells", "'quiet'", "'calm'");
    }

    [Theory]
    [InlineData(EnsembleCombiner.Vote)]
    [InlineData(EnsembleCombiner.HeadOnOutputs)]
    public void A_row_that_is_no_number_for_one_member_has_no_score(EnsembleCombiner combiner)
    {
        var ensemble = Trainer(combiner, EnsembleMember.Of(Quick("Valence")), EnsembleMember.Of(Quick("Arousal"))).Fit(_data);
        var songs = TwoViews.Songs(8);
        songs[3].Arousal[1] = float.NaN;
        var view = TwoViews.View(_ml, songs);
        var scored = ensemble.Transform(view);
        var (scores, keys) = (Toy.Scores(scored), scored.GetColumn<uint>("PredictedLabel").ToArray());
        for (var row = 0; row < 8; row++)
        {
            Assert.All(scores[row], score => Assert.Equal(row == 3, float.IsNaN(score)));
            Assert.Equal(row == 3, keys[row] == 0);
        }
        Refused(() => Trainer(EnsembleCombiner.HeadOnOutputs, EnsembleMember.Of(Quick("Valence")), EnsembleMember.Of(Quick("Arousal")))
            .Fit(view), "Row 3");
        Refused(() => Trainer(EnsembleCombiner.WeightedAverage, EnsembleMember.Of(Quick("Valence")), EnsembleMember.Of(Quick("Arousal")))
            .Fit(view), "Row 3");
    }

    [Fact]
    public void Fewer_groups_than_folds() => Refused(() => _ml.MulticlassClassification.Trainers.Ensemble(
        [EnsembleMember.ToTrain(TwoViews.Trainer(_ml, "Valence")), EnsembleMember.ToTrain(TwoViews.Trainer(_ml, "Arousal"))],
        new EnsembleOptions { Combiner = EnsembleCombiner.Stacking, GroupColumnName = "Mood" }).Fit(_data), "4 groups", "5 parts");
}
