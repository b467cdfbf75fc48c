using Microsoft.ML.Data;
using Microsoft.ML;

namespace SongMood.Scoring;

/// <summary>A step of a pipeline that scores rows by a graph: a network alone, or an ensemble of them.</summary>
internal interface INetworkStep : IPredictionTransformer<NetworkModelParameters>
{
    /// <summary>Where each input of the graph comes from, in the graph's order.</summary>
    IReadOnlyList<NetworkInput> Inputs { get; }

    /// <summary>The step over data of this schema, to which it adds the score columns.</summary>
    static NetworkMapper Bind(INetworkStep step, DataViewSchema schema, LabelNames labels) =>
        new(step.Model.Network, step.Inputs, schema, ScoreColumns.Of(schema, step.Model.Network.ClassCount, labels));
}
