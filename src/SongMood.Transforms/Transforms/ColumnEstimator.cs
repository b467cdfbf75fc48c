using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms;

/// <summary>The estimator of a component that has nothing to learn: fitting checks the input's schema.</summary>
/// <typeparam name="TTransformer">What fitting returns.</typeparam>
public abstract class ColumnEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : ColumnTransformer
{
    private readonly TTransformer _transformer;

    private protected ColumnEstimator(TTransformer transformer) => _transformer = transformer;

    /// <summary>Checks that <paramref name="input"/> has the column that is needed, and returns the transformer. Reads no row.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_transformer);
}
