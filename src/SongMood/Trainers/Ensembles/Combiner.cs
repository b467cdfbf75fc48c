using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Fits what makes one prediction of the members', and writes all of it as one graph.</summary>
internal sealed class Combiner(IHost host, EnsembleOptions options, int? seed, string[] classNames)
{
    /// <summary>Combines members that are fitted. A head is trained on what they make of the data.</summary>
    public byte[] Combine(IReadOnlyList<FittedMember> members, IDataView data)
    {
        switch (options.Combiner)
        {
            case EnsembleCombiner.Average:
                return Graph(members).Average();
            case EnsembleCombiner.Vote:
                return Graph(members).Vote();
            case EnsembleCombiner.WeightedAverage:
                return Graph(members).WeightedAverage(options.Weights is { } given
                    ? MixtureWeights.Normalize([.. given.Select(weight => (double)weight)]) : FitWeights(members, data));
            default:
                var values = options.Combiner == EnsembleCombiner.HeadOnEmbeddings
                    ? MemberValues.Embeddings : MemberValues.LogProbabilities;
                using (var network = new OnnxNetwork(Graph(members).ForFitting(values)))
                    return WithHead(members, values, Outputs(network, members, data));
        }
    }

    /// <summary>
    /// Combines members by a head that is trained on what others like them, fitted without the rows at hand, make of those.
    /// </summary>
    /// <param name="members">The members to combine, fitted on all rows.</param>
    /// <param name="folds">Rows, and members that were fitted on all others.</param>
    public byte[] Stack(IReadOnlyList<FittedMember> members, IEnumerable<(FittedMember[] Members, IDataView Rows)> folds)
    {
        const MemberValues Values = MemberValues.LogProbabilities;
        var networks = new List<OnnxNetwork>();
        try
        {
            var outputs = new List<IDataView>();
            foreach (var (others, rows) in folds)
            {
                networks.Add(new OnnxNetwork(Graph(others).ForFitting(Values)));
                outputs.Add(Outputs(networks[^1], others, rows));
            }
            return WithHead(members, Values, AppendRowsDataView.Create(host, outputs[0].Schema, [.. outputs]));
        }
        finally
        {
            networks.ForEach(network => network.Dispose());
        }
    }

    private EnsembleGraph Graph(IReadOnlyList<FittedMember> members) => new(members, classNames);

    /// <summary>The data with the members' values in the column <see cref="ScoreColumns.Embedding"/>, computed as it is read.</summary>
    private BatchedView Outputs(OnnxNetwork network, IEnumerable<FittedMember> members, IDataView data) => new(
        host, data,
        new NetworkMapper(network, [.. members.SelectMany(member => member.Inputs)], data.Schema, [ScoreColumns.EmbeddingOf(network)]));

    /// <summary>The trainer reads its data once, so each member runs once over it.</summary>
    private byte[] WithHead(IReadOnlyList<FittedMember> members, MemberValues values, IDataView outputs)
    {
        var head = options.Head with
        {
            LabelColumnName = options.LabelColumnName,
            FeatureColumnName = ScoreColumns.Embedding,
            Seed = options.Head.Seed ?? seed,
        };
        using var trained = new MlpTrainer(host, head).Fit(outputs);
        return Graph(members).Headed(values, trained.Model.Network.Graph, trained.Model.EmbeddingSize);
    }

    private float[] FitWeights(IReadOnlyList<FittedMember> members, IDataView data)
    {
        using var network = new OnnxNetwork(Graph(members).ForFitting(MemberValues.Probabilities));
        var outputs = Outputs(network, members, data);
        var label = outputs.Schema[options.LabelColumnName];
        var probabilities = outputs.Schema[ScoreColumns.Embedding];
        using var cursor = outputs.GetRowCursor([label, probabilities]);
        var getLabel = LabelColumn.Reader(cursor, label);
        var getProbabilities = cursor.GetGetter<VBuffer<float>>(probabilities);
        var likelihoods = new List<float>(); // of each row, member by member
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            var key = (int)getLabel();
            if (key == 0)
                continue;
            getProbabilities(ref row);
            for (var m = 0; m < members.Count; m++)
            {
                var likelihood = row.GetValues()[m * classNames.Length + key - 1];
                if (float.IsNaN(likelihood))
                    throw new ArgumentException(
                        $"Row {cursor.Position} of the training data: the members' outputs are not numbers, as a feature of it is none. "
                        + "Replace such values (ReplaceMissingValues) or leave out such rows (FilterRowsByMissingValues) before training.");
                likelihoods.Add(Math.Max(likelihood, EnsembleGraph.LeastProbability));
            }
        }
        if (likelihoods.Count == 0)
            throw new ArgumentException("The training data has no row with a label: there is nothing to fit the weights on.");
        var weights = MixtureWeights.Fit([.. likelihoods], members.Count);
        using var channel = host.Start("Weights");
        channel.Info(
            $"Members' weights: {string.Join(", ", weights.Select(weight => weight.ToString("0.###", CultureInfo.InvariantCulture)))}.");
        return weights;
    }
}
