using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>One-column data views for tests.</summary>
internal static class Columns
{
    public const string Name = "In";

    /// <summary>A column of vectors, each row an array; with dimensions where all rows have as many values as these have.</summary>
    public static IDataView Vectors(this MLContext ml, int[] dimensions, params float[][] rows)
    {
        var schema = SchemaDefinition.Create(typeof(VectorRow));
        schema[nameof(VectorRow.In)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return ml.Data.LoadFromEnumerable(rows.Select(row => new VectorRow { In = row }), schema);
    }

    public static IDataView Texts(this MLContext ml, params string[] rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new TextRow { In = row }));

    public static IDataView Bytes(this MLContext ml, params byte[][] rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new BytesRow { In = row }));

    /// <summary>Fits, transforms and reads the column that the estimator writes into <see cref="Name"/>.</summary>
    public static float[][] Run(this IEstimator<ITransformer> estimator, IDataView data) => estimator.Fit(data).Transform(data).Read();

    public static float[][] Read(this IDataView data, string column = Name) =>
        [.. data.GetColumn<VBuffer<float>>(column).Select(row => row.DenseValues().ToArray())];

    public sealed class VectorRow
    {
        public float[] In { get; set; } = [];
    }

    public sealed class TextRow
    {
        public string In { get; set; } = "";
    }

    public sealed class BytesRow
    {
        public byte[] In { get; set; } = [];
    }
}
