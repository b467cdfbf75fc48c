using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Learns each band's minimum and maximum in one pass over the rows, on all cores, each holding one row at a time.</summary>
public sealed class ScaleMinMaxEstimator : IEstimator<ScaleMinMaxTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly ScaleMinMaxOptions _options;

    internal ScaleMinMaxEstimator(IHostEnvironment env, string outputColumnName, string? inputColumnName, ScaleMinMaxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _env = env;
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName ?? outputColumnName;
        _options = options;
    }

    /// <summary>Reads all rows of the column once.</summary>
    /// <exception cref="ArgumentException">The column is missing, of another type, without rows, or its range is beyond Single.</exception>
    /// <exception cref="RowException">
    /// A value is NaN or infinite, or a transform before could not take a row; the error names row and column.
    /// </exception>
    public ScaleMinMaxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema.GetColumnOrNull(_inputColumnName) is not { } column)
            throw Refusals.NoColumn(ScaleMinMaxTransformer.Name, _inputColumnName, input.Schema.Select(c => c.Name));
        var form = ColumnForm.Of(column);
        if (!form.IsFloatVector || ScaleMinMaxTransformer.CountBands(form, _options.Scope) is not { } bandCount)
            throw Refusals.WrongColumn(ScaleMinMaxTransformer.Name, column.Name, form.DescribeType(),
                ScaleMinMaxTransformer.ExpectedFor(_options.Scope));
        var learned = Learn(input, column, bandCount);
        if (learned.IsEmpty)
            throw Refusals.WrongColumn(ScaleMinMaxTransformer.Name, column.Name, "without rows",
                "at least one row with values to learn from");
        for (var band = 0; band < bandCount; band++)
            if (float.IsInfinity(learned.Maximum[band] - learned.Minimum[band]))
                throw Refusals.WrongColumn(ScaleMinMaxTransformer.Name, column.Name,
                    FormattableString.Invariant($"from {learned.Minimum[band]} to {learned.Maximum[band]} in band {band}"),
                    FormattableString.Invariant($"a range of at most {float.MaxValue}: look at what computes the column"));
        return new ScaleMinMaxTransformer(_env, _outputColumnName, _inputColumnName,
            new() { Options = _options, Minimum = learned.Minimum, Maximum = learned.Maximum });
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        inputSchema.With(new ScaleMinMaxTransformer(_env, _outputColumnName, _inputColumnName,
            new() { Options = _options, Minimum = [0], Maximum = [1] }));

    // One cursor a core, each with its own extremes: their order does not matter, so the result is the same however rows are dealt out.
    private static BandExtremes Learn(IDataView input, DataViewSchema.Column column, int bandCount)
    {
        using var stop = new CancellationTokenSource();
        var cursors = input.GetRowCursorSet([column], Environment.ProcessorCount);
        var parts = Array.ConvertAll(cursors, cursor => Task.Factory.StartNew(() =>
        {
            using (cursor)
                return Learn(cursor, column, bandCount, stop);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        try
        {
            Task.WaitAll(parts);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(CursorErrors.Unwrap(e.Flatten().InnerExceptions[0]));
        }
        var all = new BandExtremes(bandCount);
        foreach (var part in parts)
            all.Include(part.Result);
        return all;
    }

    private static BandExtremes Learn(DataViewRowCursor cursor, DataViewSchema.Column column, int bandCount, CancellationTokenSource stop)
    {
        var extremes = new BandExtremes(bandCount);
        var getValues = cursor.GetGetter<VBuffer<float>>(column);
        var getId = cursor.GetIdGetter();
        var row = default(VBuffer<float>);
        var dense = Array.Empty<float>();
        try
        {
            while (!stop.IsCancellationRequested && cursor.MoveNext())
            {
                getValues(ref row);
                extremes.Include(VectorTransformer.Dense(row, ref dense));
            }
            return extremes;
        }
        catch (Exception e)
        {
            stop.Cancel();
            if (e is InvalidDataException)
                throw new RowException(ScaleMinMaxTransformer.Name, CursorErrors.IdOf(getId), column.Name, null, e);
            throw;
        }
    }
}
