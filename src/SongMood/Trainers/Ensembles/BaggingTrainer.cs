using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Evaluation;
using SongMood.Scoring;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Trainers;

/// <summary>
/// Fits one kind of network several times, each time on rows drawn anew with replacement, and combines them (Breiman, "Bagging
/// predictors", 1996).
/// </summary>
/// <remarks>Each sample has every class that the data has: it is drawn again where one is missing.</remarks>
public sealed class BaggingTrainer : IEstimator<EnsemblePredictionTransformer>
{
    private const int MaxDraws = 1000;

    private readonly IHost _host;
    private readonly Func<int, IEstimator<ITransformer>> _estimatorOf;
    private readonly BaggingOptions _options;
    private readonly int? _contextSeed;

    /// <param name="env">ML.NET.</param>
    /// <param name="estimatorOf">Makes the trainer of each network, counted from 0: one that keeps checkpoints needs a folder of its
    /// own.</param>
    /// <param name="options">Everything else.</param>
    internal BaggingTrainer(IHostEnvironment env, Func<int, IEstimator<ITransformer>> estimatorOf, BaggingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _estimatorOf = estimatorOf;
        _options = options;
        _host = env.Register(nameof(BaggingTrainer));
        _contextSeed = (env as IHostEnvironmentInternal)?.Seed;
    }

    /// <summary>Fits the networks, one after the other.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the rows cannot be learned from.</exception>
    /// <exception cref="RowException">A transform could not take a row, such as a file that is missing or damaged.</exception>
    public EnsemblePredictionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CursorErrors.Read(() => FitAll(input));
    }

    private EnsemblePredictionTransformer FitAll(IDataView input)
    {
        var rows = RowLabels.Read(input, _options.LabelColumnName, _options.GroupColumnName);
        var label = input.Schema[_options.LabelColumnName];
        var labels = LabelNames.Of(label);
        var seed = _options.Seed ?? _contextSeed ?? Random.Shared.Next();
        using var channel = _host.Start("Bagging");
        var members = new FittedMember[_options.Count];
        for (var i = 0; i < members.Length; i++)
        {
            channel.Info($"Network {i + 1} of {members.Length}.");
            var sample = new ResampledView(_host, input, Draw(rows, RandomStreams.Of(seed, i)));
            members[i] = FittedMember.Of(_estimatorOf(i).Fit(sample), $"members[{i}]").For(input.Schema);
        }
        var combiner =
            new Combiner(_host, new EnsembleOptions { Combiner = _options.Combiner }, seed, labels.AsText(LabelColumn.ClassCount(label)));
        return new EnsemblePredictionTransformer(
            _host, new OnnxNetwork(combiner.Combine(members, input)), members.SelectMany(member => member.Inputs), labels);
    }

    /// <summary>The columns of the input and the two that are added.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return EnsembleTrainer.OutputSchema(inputSchema, [_estimatorOf(0)], _options.LabelColumnName);
    }

    /// <summary>How often each row comes in a sample.</summary>
    private int[] Draw(RowLabels rows, Random random)
    {
        var groups = GroupName.Units(rows.Labelled, rows.Groups is { } names ? row => names[row] : null);
        if (groups.Length == 0)
            throw new ArgumentException("The training data has no row with a label: there is nothing to draw from.");
        var classes = rows.Labelled.Select(row => rows.Classes[row]).Distinct().Count();
        var size = Math.Max(1, (int)Math.Round(_options.SampleFraction * groups.Length));
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var counts = new int[rows.Classes.Length];
            for (var i = 0; i < size; i++)
                foreach (var row in groups[random.Next(groups.Length)])
                    counts[row]++;
            if (rows.Labelled.Where(row => counts[row] > 0).Select(row => rows.Classes[row]).Distinct().Count() == classes)
                return counts;
        }
        throw new ArgumentException(
            $"{size} of {groups.Length} {(rows.Groups is null ? "rows" : "groups")} hardly ever have all {classes} classes among them. "
            + $"Raise {nameof(_options.SampleFraction)}, or add rows of the rare classes.");
    }
}
