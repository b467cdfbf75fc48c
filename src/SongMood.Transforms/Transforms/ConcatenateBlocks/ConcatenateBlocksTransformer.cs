using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>Standardises blocks of features, divides each by the square root of its width, and puts them side by side.</summary>
public sealed class ConcatenateBlocksTransformer : ComponentTransformer
{
    internal const string Name = "ConcatenateBlocks";
    internal const string Expected = "a vector of Single of known size, such as descriptors or an embedding";
    private readonly FittedBlocks _fitted;

    internal ConcatenateBlocksTransformer(IHostEnvironment env, string outputColumnName, FittedBlocks fitted)
        : base(env, Name, outputColumnName)
    {
        if (fitted.Blocks.Contains(null))
            throw new ArgumentException($"{Name}: a block is null");
        _fitted = fitted;
        BlockColumnNames = [.. fitted.Blocks.Select(block => block.Column)];
        if (NameFault(BlockColumnNames) is { } fault)
            throw new ArgumentException($"{Name}: {fault}");
        foreach (var block in fitted.Blocks)
            if (block.Mean.Length == 0 || block.Mean.Length != block.Deviation.Length
                || !block.Mean.All(float.IsFinite) || !block.Deviation.All(deviation => deviation >= 0 && float.IsFinite(deviation)))
                throw new ArgumentException($"{Name}: the block '{block.Column}' has {block.Mean.Length} means and "
                    + $"{block.Deviation.Length} deviations, expected one of each a slot, finite, and no deviation below 0");
        Mean = [.. fitted.Blocks.SelectMany(block => block.Mean)];
        Deviation = [.. fitted.Blocks.SelectMany(block => block.Deviation)];
    }

    /// <summary>The columns that are read, in their order.</summary>
    public ImmutableArray<string> BlockColumnNames { get; }

    /// <summary>The learned mean of each slot of the output, in the inputs' units.</summary>
    public ImmutableArray<float> Mean { get; }

    /// <summary>The learned standard deviation of each slot of the output, in the inputs' units; 0 where it was constant.</summary>
    public ImmutableArray<float> Deviation { get; }

    private protected override SavedComponent Saved => new(Name, OutputColumnName, null, _fitted);

    private protected override BoundComponent Bind(DataViewSchema schema)
    {
        var columns = _fitted.Blocks.Select(block => Find(schema, block.Column)).ToArray();
        var names = columns.Zip(_fitted.Blocks, SlotNames).SelectMany(names => names);
        var output = new ColumnForm(OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Mean.Length))
        {
            IsNormalized = true,
            SlotNames = [.. names],
        };
        return new(columns, [output.ToColumn(OutputColumnName)], (row, _) => MakeGetter(row, columns));
    }

    /// <summary>What is promised of the output for columns of which only the kind is known.</summary>
    internal static SchemaShape.Column Promise(string output, SchemaShape.Column[] blocks)
    {
        foreach (var block in blocks)
            if (block.Kind != SchemaShape.Column.VectorKind.Vector || block.ItemType != NumberDataViewType.Single)
                throw Refusals.WrongColumn(Name, block.Name, $"of type {block.TypeName()}", Expected);
        return Promises.FloatVector(output, sizeIsKnown: true, ColumnAnnotations.SlotNames, ColumnAnnotations.IsNormalized);
    }

    internal static bool IsBlock(ColumnForm form) => form is { IsFloatVector: true, Size: > 0 };

    /// <summary>What is wrong with the blocks' names; null where nothing is.</summary>
    internal static string? NameFault(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? "there is no block, expected the names of one or more columns"
        : names.Any(string.IsNullOrEmpty) ? "a block's column has no name"
        : names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"the block '{twice.Key}' is named twice"
        : null;

    private IEnumerable<string> SlotNames(DataViewSchema.Column column, Block block)
    {
        var form = ColumnForm.Of(column);
        if (!IsBlock(form) || form.Size != block.Mean.Length)
            throw Refusal(column.Name, form.DescribeType(), $"a vector of Single of the {block.Mean.Length} values that it was fitted on");
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames())
            column.GetSlotNames(ref names);
        return Enumerable.Range(0, form.Size).Select(slot => $"{column.Name}.{NameOf(slot)}");

        string NameOf(int slot) => names.Length > slot && names.GetItemOrDefault(slot) is { IsEmpty: false } name ? $"{name}" : $"{slot}";
    }

    private Delegate MakeGetter(DataViewRow row, DataViewSchema.Column[] columns)
    {
        var getId = row.GetIdGetter();
        var blocks = columns.Zip(_fitted.Blocks, (column, block) => (
            Column: column.Name, Get: row.GetGetter<VBuffer<float>>(column), block.Mean, Scale: block.Scale())).ToArray();
        var source = default(VBuffer<float>);
        var dense = Array.Empty<float>();
        return (ValueGetter<VBuffer<float>>)Get;

        void Get(ref VBuffer<float> target)
        {
            var editor = VBufferEditor.Create(ref target, Mean.Length);
            var rest = editor.Values;
            foreach (var block in blocks)
            {
                block.Get(ref source);
                try
                {
                    Scale(VectorTransformer.Dense(source, ref dense), block.Mean, block.Scale, rest[..block.Mean.Length]);
                }
                catch (InvalidDataException e)
                {
                    throw new RowException(Name, CursorErrors.IdOf(getId), block.Column, null, e);
                }
                rest = rest[block.Mean.Length..];
            }
            target = editor.Commit();
        }
    }

    private static void Scale(ReadOnlySpan<float> values, float[] mean, float[] scale, Span<float> output)
    {
        SlotMoments.RequireSize(values, mean.Length);
        TensorPrimitives.Subtract(values, mean, output);
        TensorPrimitives.Multiply(output, scale, output);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(output)))
            throw NotFinite(values, output);
    }

    private static InvalidDataException NotFinite(ReadOnlySpan<float> values, ReadOnlySpan<float> output)
    {
        var slot = 0;
        while (float.IsFinite(output[slot]))
            slot++;
        return float.IsFinite(values[slot])
            ? new(FormattableString.Invariant(
                $"slot {slot} is {values[slot]}, too far from what it was when fitting: look at what computes the column"))
            : SlotMoments.NotFinite(values[slot], slot);
    }

    /// <summary>What a model file keeps.</summary>
    internal sealed record FittedBlocks
    {
        public Block[] Blocks { get; init; } = [];
    }

    /// <summary>A column, and what was learned of its slots.</summary>
    internal sealed record Block
    {
        public string Column { get; init; } = "";
        public float[] Mean { get; init; } = [];
        public float[] Deviation { get; init; } = [];

        /// <summary>
        /// What each slot's distance from its mean is multiplied with. A slot that is constant, or so narrow that this would be infinite,
        /// counts as of deviation 1, as in scikit-learn.
        /// </summary>
        public float[] Scale() => Array.ConvertAll(Deviation, deviation =>
            (float)(1 / (deviation * Math.Sqrt(Mean.Length))) is var scale && float.IsFinite(scale)
                ? scale : (float)(1 / Math.Sqrt(Mean.Length)));
    }
}
