using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Evaluation;
using SongMood.Scoring;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Trainers;

/// <summary>
/// Combines networks, each with feature columns of its own, into one. The members are frozen: each is run once over the training data by
/// its scorer, and what combines them is fitted on what comes out.
/// </summary>
/// <remarks>
/// Averages with given weights and votes need no libtorch. Heads are trained as <see cref="MlpTrainer"/> trains. A row with a NaN or an
/// infinity among a member's features is an error that names it.
/// </remarks>
public sealed class EnsembleTrainer : IEstimator<EnsemblePredictionTransformer>
{
    private readonly IHost _host;
    private readonly EnsembleMember[] _members;
    private readonly EnsembleOptions _options;
    private readonly int? _contextSeed;

    internal EnsembleTrainer(IHostEnvironment env, IReadOnlyList<EnsembleMember> members, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(options);
        var faults = new OptionFaults();
        options.Check(faults, members.Count);
        Check(faults, members, options.Combiner);
        faults.ThrowIfAny(nameof(EnsembleTrainer));
        _members = [.. members];
        _options = options;
        _host = env.Register(nameof(EnsembleTrainer));
        _contextSeed = (env as IHostEnvironmentInternal)?.Seed;
    }

    /// <summary>Fits what combines the members, and first those of them that are to be trained.</summary>
    /// <exception cref="ArgumentException">
    /// A column is missing or of the wrong type, a member has other classes than the label, or the rows cannot be learned from.
    /// </exception>
    /// <exception cref="RowException">A transform could not take a row, such as a file that is missing or damaged.</exception>
    public EnsemblePredictionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CursorErrors.Read(() => FitAll(input));
    }

    private EnsemblePredictionTransformer FitAll(IDataView input)
    {
        var label = FeatureColumn.Find(input.Schema, _options.LabelColumnName, "label", nameof(_options.LabelColumnName));
        var classCount = LabelColumn.ClassCount(label);
        var labels = LabelNames.Of(label);
        var combiner = new Combiner(_host, _options, _options.Seed ?? _contextSeed, labels.AsText(classCount));
        var folds = _options.Combiner == EnsembleCombiner.Stacking ? FitFolds(input) : null;
        var members = FitMembers(input);
        var graph = folds is null ? combiner.Combine(members, input) : combiner.Stack(members, folds);
        WarnOfDecoders([.. members.SelectMany(member => member.Inputs)]);
        return new EnsemblePredictionTransformer(_host, new OnnxNetwork(graph), members.SelectMany(member => member.Inputs), labels);
    }

    // ML.NET can use such a model, so it is no error; but who trained it for hours must not learn of it when it is loaded.
    private void WarnOfDecoders(IReadOnlyList<NetworkInput> inputs)
    {
        LoadAudioTransformer[] decoders = [.. inputs.SelectMany(input => input.Steps).OfType<LoadAudioTransformer>()];
        if (decoders.All(decoder => decoder.DecodesAs(decoders[0])))
            return;
        using var channel = _host.Start(nameof(Fit));
        channel.Warning($"The members decode songs in different ways ({string.Join("; ", inputs)}). ML.NET can use this model, but "
            + "MoodPredictor and songmood decode a song once, and will refuse it: give all members one LoadAudio, or the same options.");
    }

    /// <summary>The columns of the input and the two that are added.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return OutputSchema(inputSchema, _members.Select(member => member.Estimator), _options.LabelColumnName);
    }

    internal static SchemaShape OutputSchema(SchemaShape inputSchema, IEnumerable<IEstimator<ITransformer>?> estimators,
        string labelColumnName)
    {
        // A pipeline may make the label for itself, but the ensemble must find it in the data.
        var added = ScoreColumns.ShapesOf(ShapeChecks.Label(inputSchema, labelColumnName));
        foreach (var estimator in estimators)
            estimator?.GetOutputSchema(inputSchema); // says which columns are missing
        return new SchemaShape(inputSchema.Where(column => added.All(other => other.Name != column.Name)).Concat(added));
    }

    private FittedMember[] FitMembers(IDataView data) => [.. _members.Select((member, index) => member.Fit(data, index))];

    /// <summary>Each fold's rows, and members that were fitted on all other rows with a label.</summary>
    private List<(FittedMember[] Members, IDataView Rows)> FitFolds(IDataView data)
    {
        var rows = RowLabels.Read(data, _options.LabelColumnName, _options.GroupColumnName);
        var labelled = rows.Labelled;
        if (labelled.Length == 0)
            throw new ArgumentException("The training data has no row with a label: there is nothing to learn from.");
        var folds = HeldOutParts.Folds([.. labelled.Select(row => rows.Classes[row])],
            rows.Groups is null ? null : [.. labelled.Select(row => rows.Groups[row])],
            _options.FoldCount, _options.Seed ?? _contextSeed ?? Random.Shared.Next());
        return [.. folds.Select(fold => (FitMembers(Rows(fold.Learnt)), Rows(fold.Held)))];

        IDataView Rows(IReadOnlyList<int> some) =>
            ResampledView.OfRows(_host, data, rows.Classes.Length, some.Select(i => labelled[i]));
    }

    private static void Check(OptionFaults faults, IReadOnlyList<EnsembleMember> members, EnsembleCombiner combiner)
    {
        faults.Need(members.Count >= 2,
            $"an ensemble needs two or more members, but there {Plural.Word(members.Count, "is", "are")} {members.Count}");
        for (var i = 0; i < members.Count; i++)
        {
            faults.Need(members[i] is not null, $"members[{i}] is null");
            faults.Need(combiner != EnsembleCombiner.Stacking || members[i]?.IsFitted != true,
                $"members[{i}] is fitted already, but Stacking fits its members itself, on parts of the data: give it their trainers or "
                + $"pipelines with {nameof(EnsembleMember)}.{nameof(EnsembleMember.ToTrain)}, or choose "
                + $"{nameof(EnsembleCombiner.HeadOnOutputs)}");
        }
    }
}
