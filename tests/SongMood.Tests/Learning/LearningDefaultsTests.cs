using System.Reflection;
using SongMood.Alterations;
using SongMood.Cli;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

/// <summary>Every default of the options of learning, so that none changes unseen; and the words for them.</summary>
public class LearningDefaultsTests
{
    [Theory]
    [InlineData(typeof(MoodLearningOptions),
        "Inputs=Embedding Seconds= Network=default Epochs= BatchSize= LearningRate= Seed=1 Bags=1 AlteredCopies=0 "
        + "Alterations=default ConfidenceFolds= FeatureFile= ValidationFraction=0 EarlyStoppingPatience= CheckpointFolder= "
        + "StartFromModel= Device=auto KeepBestWhenCancelled=False GroupName=artist")]
    [InlineData(typeof(NetworkChoice), "Kind= Hidden=[] Layers= Dropout= CropFrames= WeightDecay=")]
    [InlineData(typeof(MoodSweepOptions), "Strategy=Grid TrialCount= Eta= LeastEpochs= Folds=5 HoldOut= JournalPath= Workers=")]
    [InlineData(typeof(ModelEvaluationOptions), "FeatureFile= TrainedOn= Seed=1 GroupName=artist")]
    [InlineData(typeof(HeldOutOptions), "LabelColumnName=Label GroupColumnName= ScoreColumnName=Score Seed=1")]
    public void Defaults_are_pinned(Type type, string expected)
    {
        Assert.True(type.IsSealed);
        var options = Activator.CreateInstance(type);
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        Assert.All(properties, property => Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), // init, not set
            property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
        Assert.Equal(expected, string.Join(' ', properties.Select(property => $"{property.Name}={Text(property.GetValue(options))}")));
    }

    [Fact]
    public void No_options_object_can_be_changed_or_derived_from()
    {
        Type[] libraries = [typeof(MoodLearningOptions), typeof(SongMood.Audio.AudioReadOptions),
            typeof(SongMood.Formats.AudioFormatsOptions), typeof(SongMood.Catalogue.CatalogueOptions)];
        Type[][] options = [.. libraries.Select(library => library.Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Options") && !type.IsAbstract).ToArray())];
        Assert.All(options, Assert.NotEmpty);
        Type[] all = [.. options.SelectMany(type => type)];
        Assert.True(all.Length >= 30, $"{all.Length} options types");
        Assert.All(all, type => Assert.True(type.IsSealed && type.GetMethod("<Clone>$") is not null, $"{type.Name} is no sealed record"));
        Assert.All(all.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)), property => Assert.True(
            property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers()
                .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)),
            $"{property.DeclaringType!.Name}.{property.Name} is not init-only"));
        Assert.All(all, type => Assert.Null(type.GetMethod("Validate")));
    }

    [Fact]
    public void The_command_line_has_a_word_for_every_term_of_the_library_and_the_library_has_none_of_its()
    {
        var terms = typeof(Term).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (Term)field.GetValue(null)!).ToArray();
        Assert.True(terms.Length > 20);
        Assert.All(terms, term => Assert.True(CommandLineTerms.Names.ContainsKey(term), $"{term}"));
        Assert.All(terms, term => Assert.DoesNotContain("--", $"{term}"));
        Assert.All(terms, term => Assert.DoesNotContain("songmood", $"{term}"));
    }

    [Fact]
    public void A_message_within_a_message_is_in_the_readers_words_too()
    {
        TermText Text(TermText text) => text;
        var inner = Text($"{Term.Layers} is {1.5:F2}");
        var outer = Text($"Trial {2}: {inner}.");
        Assert.Equal("Trial 2: Network.Layers is 1.50.", outer.ToString());
        Assert.Equal("Trial 2: --layers is 1.50.", outer.ToString(CommandLineTerms.Names));
    }

    private static string Text(object? value) => value switch
    {
        AudioAlterationOptions bounds => bounds == new AudioAlterationOptions() ? "default" : "other",
        NetworkChoice choice => choice == NetworkChoice.Default ? "default" : "other",
        IReadOnlyList<int> sizes => $"[{string.Join(",", sizes)}]",
        _ => FormattableString.Invariant($"{value}"),
    };
}
