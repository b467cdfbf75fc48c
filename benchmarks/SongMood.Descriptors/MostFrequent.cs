using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Descriptors;

/// <summary>A plain baseline: says of every song how frequent each mood is among those learnt from.</summary>
internal sealed class MostFrequent : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        var labels = input.GetColumn<uint>("Label").ToArray();
        var moodCount = (int)((KeyDataViewType)input.Schema["Label"].Type).Count;
        float[] shares = [.. Enumerable.Range(1, moodCount).Select(mood => labels.Count(label => label == mood) / (float)labels.Length)];
        return new MLContext().Transforms.CustomMapping<AnyInput, Scored>((_, scored) => scored.Score = shares, contractName: null,
            outputSchemaDefinition: ScoreOf(moodCount)).Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        throw new NotSupportedException("It is fitted as it is, not in a pipeline.");

    private static SchemaDefinition ScoreOf(int moodCount)
    {
        var schema = SchemaDefinition.Create(typeof(Scored));
        schema[nameof(Scored.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, moodCount);
        return schema;
    }

    /// <summary>A mapping must read some column.</summary>
    private sealed class AnyInput
    {
        public string Group { get; set; } = "";
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
