using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Scoring;

namespace SongMood.Trainers;

/// <summary>Fits what makes one prediction of the members', and writes all of it as one graph.</summary>
internal sealed class Combiner(IHost host, EnsembleOptions options, int? seed, string[] classNames)
{
    public byte[] Combine(IReadOnlyList<FittedMember> members, IDataView data)
    {
        var graph = new EnsembleGraph(members, classNames);
        return options.Combiner switch
        {
            EnsembleCombiner.Average => graph.Average(),
            EnsembleCombiner.Vote => graph.Vote(),
            EnsembleCombiner.HeadOnEmbeddings => WithHead(graph, MemberValues.Embeddings, members, data),
            EnsembleCombiner.HeadOnOutputs => WithHead(graph, MemberValues.LogProbabilities, members, data),
            _ => throw new NotSupportedException($"{options.Combiner}"),
        };
    }

    private byte[] WithHead(EnsembleGraph graph, MemberValues values, IReadOnlyList<FittedMember> members, IDataView data)
    {
        using var network = new OnnxNetwork(new EnsembleGraph(members, classNames).ForFitting(values));
        var head = TrainHead(Outputs(network, members, data));
        return graph.Headed(values, head.Graph, head.EmbeddingSize);
    }

    /// <summary>The data with the members' values in the column <see cref="ScoreColumns.Embedding"/>, computed as it is read.</summary>
    private BatchedView Outputs(OnnxNetwork network, IEnumerable<FittedMember> members, IDataView data) => new(
        host, data, new NetworkMapper(network, [.. members.SelectMany(member => member.Inputs)], data.Schema, [ScoreColumns.EmbeddingOf(network)]));

    /// <summary>The trainer reads its data once, so each member runs once over it.</summary>
    private (byte[] Graph, int EmbeddingSize) TrainHead(IDataView outputs)
    {
        var head = (MlpOptions)options.Head.Copy();
        (head.LabelColumnName, head.FeatureColumnName) = (options.LabelColumnName, ScoreColumns.Embedding);
        head.Seed ??= seed;
        using var trained = new MlpTrainer(host, head).Fit(outputs);
        return (trained.Model.Network.Graph, trained.Model.EmbeddingSize);
    }
}
