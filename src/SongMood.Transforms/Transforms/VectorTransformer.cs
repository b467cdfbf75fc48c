using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>A transformer from vectors of Single to vectors of Single, such as waveforms and spectrograms.</summary>
public abstract class VectorTransformer : ColumnTransformer
{
    /// <summary>The most values in a row, 1 GiB of them: models, options and songs may come from strangers.</summary>
    internal const long MostValues = 1 << 28;

    private protected VectorTransformer(IHostEnvironment env, string componentName, string outputColumnName, string? inputColumnName)
        : base(env, componentName, outputColumnName, inputColumnName)
    {
    }

    /// <summary>The output's form; the input is known to be a vector of Single.</summary>
    private protected abstract ColumnForm DescribeVector(ColumnForm input);

    /// <summary>The computation for one cursor, with buffers of its own.</summary>
    private protected abstract IVectorKernel CreateKernel(ColumnForm input);

    /// <summary>What the input should be, for errors.</summary>
    private protected virtual string Expected => "a vector of Single";

    /// <summary>Whether the output's size is known, given whether the input's is.</summary>
    private protected virtual bool PromisesSize(bool inputSizeIsKnown) => inputSizeIsKnown;

    /// <summary>The annotations that the output carries, given those of the input that can be handed on.</summary>
    private protected virtual IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) => handedOn;

    private protected sealed override ColumnForm Describe(ColumnForm input) =>
        input.IsFloatVector ? DescribeVector(input) : throw Refusal(input.Name, input.DescribeType(), Expected);

    internal sealed override SchemaShape.Column Promise(SchemaShape.Column input)
    {
        if (input.Kind == SchemaShape.Column.VectorKind.Scalar || input.ItemType != NumberDataViewType.Single)
            throw Refusal(input.Name, $"of type {input.TypeName()}", Expected);
        return Promises.FloatVector(OutputColumnName, PromisesSize(input.Kind == SchemaShape.Column.VectorKind.Vector),
            PromisesAnnotations(Promises.HandedOn(input)));
    }

    private protected sealed override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input)
    {
        var getInput = row.GetGetter<VBuffer<float>>(column);
        var getId = row.GetIdGetter();
        var kernel = CreateKernel(input);
        var source = default(VBuffer<float>);
        var dense = Array.Empty<float>();
        return (ValueGetter<VBuffer<float>>)Get;

        void Get(ref VBuffer<float> target)
        {
            getInput(ref source);
            var values = Dense(source, ref dense);
            try
            {
                var length = kernel.OutputLength(values.Length);
                if (length > MostValues)
                    throw new InvalidDataException(
                        $"its {Plural.Of(values.Length, "value")} would become {length}, and at most {MostValues} are taken for a row: "
                        + "take a part of the song, or larger steps");
                var editor = VBufferEditor.Create(ref target, (int)length);
                kernel.Compute(values, editor.Values);
                target = editor.Commit();
            }
            catch (Exception e) when (e is InvalidDataException or ArgumentException or OverflowException)
            {
                throw RowError(getId, e);
            }
        }
    }

    /// <summary>All values of a row, through <paramref name="buffer"/> where the row is sparse.</summary>
    internal static ReadOnlySpan<float> Dense(in VBuffer<float> row, ref float[] buffer)
    {
        if (row.IsDense)
            return row.GetValues();
        if (buffer.Length < row.Length)
            buffer = new float[row.Length];
        var values = buffer.AsSpan(0, row.Length);
        row.CopyTo(values);
        return values;
    }
}
