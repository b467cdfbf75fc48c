using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>Learns each band's minimum and maximum in one pass over the rows, holding one row at a time.</summary>
public sealed class ScaleMinMaxEstimator : IEstimator<ScaleMinMaxTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly ScaleMinMaxOptions _options;

    internal ScaleMinMaxEstimator(IHostEnvironment env, string outputColumnName, string? inputColumnName, ScaleMinMaxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        options.Validate();
        _env = env;
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName ?? outputColumnName;
        _options = options;
    }

    /// <summary>Reads all rows of the column once.</summary>
    /// <exception cref="ArgumentException">The column is missing, of another type or without rows.</exception>
    /// <exception cref="InvalidOperationException">A value is NaN or infinite; the error names the row and the band.</exception>
    public ScaleMinMaxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema.GetColumnOrNull(_inputColumnName) is not { } column)
            throw new ArgumentException($"ScaleMinMax: there is no column '{_inputColumnName}'; the columns are " +
                string.Join(", ", input.Schema.Select(c => $"'{c.Name}'")));
        var form = ColumnForm.Of(column);
        if (!form.IsFloatVector || ScaleMinMaxTransformer.CountBands(form, _options.Scope) is not { } bandCount)
            throw new ArgumentException($"ScaleMinMax: column '{column.Name}' is {form.DescribeType()}; expected " +
                ScaleMinMaxTransformer.ExpectedFor(_options.Scope));
        try
        {
            return new ScaleMinMaxTransformer(_env, _outputColumnName, _inputColumnName, Learn(input, column, bandCount));
        }
        catch (Exception e) when (CursorErrors.Find(e) is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        inputSchema.With(new ScaleMinMaxTransformer(_env, _outputColumnName, _inputColumnName,
            new() { Options = _options, Minimum = [0], Maximum = [1] }));

    private ScaleMinMaxTransformer.Fitted Learn(IDataView input, DataViewSchema.Column column, int bandCount)
    {
        var minimum = new float[bandCount];
        var maximum = new float[bandCount];
        Array.Fill(minimum, float.PositiveInfinity);
        Array.Fill(maximum, float.NegativeInfinity);

        using var cursor = input.GetRowCursor([column]);
        var getValues = cursor.GetGetter<VBuffer<float>>(column);
        var getId = cursor.GetIdGetter();
        var row = default(VBuffer<float>);
        var dense = Array.Empty<float>();
        while (cursor.MoveNext())
        {
            getValues(ref row);
            var values = VectorTransformer.Dense(row, ref dense);
            if (values.Length % bandCount != 0)
                throw RowError(getId, column.Name, $"has {values.Length} values, expected a multiple of the {bandCount} bands");
            var frameCount = values.Length / bandCount;
            for (var band = 0; frameCount > 0 && band < bandCount; band++)
            {
                var frames = values.Slice(band * frameCount, frameCount);
                var (low, high) = (TensorPrimitives.Min(frames), TensorPrimitives.Max(frames));
                if (!float.IsFinite(low) || !float.IsFinite(high))
                    throw RowError(getId, column.Name, NotFinite(band, frames));
                minimum[band] = Math.Min(minimum[band], low);
                maximum[band] = Math.Max(maximum[band], high);
            }
        }
        if (minimum[0] > maximum[0])
            throw new ArgumentException($"ScaleMinMax: column '{column.Name}' has no rows with values; expected at least one to learn from");
        return new() { Options = _options, Minimum = minimum, Maximum = maximum };
    }

    private static string NotFinite(int band, ReadOnlySpan<float> frames)
    {
        var frame = 0;
        while (float.IsFinite(frames[frame]))
            frame++;
        return $"has {frames[frame]} in band {band}, frame {frame}; expected finite values: look at what computes the column";
    }

    private static InvalidOperationException RowError(ValueGetter<DataViewRowId> getId, string column, string fault) =>
        new($"ScaleMinMax: row {CursorErrors.Name(getId)}, column '{column}' {fault}");
}
