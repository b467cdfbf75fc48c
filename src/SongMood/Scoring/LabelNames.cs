using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Data.IO;
using Microsoft.ML.Runtime;

namespace SongMood.Scoring;

/// <summary>
/// The label's key values (the moods' names, as a rule text) as the training data had them. They become the annotations that
/// ML.NET's own multiclass trainers write: KeyValues on the prediction, TrainingLabelValues and, for text, SlotNames on the score.
/// </summary>
internal sealed class LabelNames
{
    private readonly object? _values; // a VBuffer<T>, T the item's raw type; null where the label has no key values

    private LabelNames(VectorDataViewType? type, object? values) => (Type, _values) = (type, values);

    public VectorDataViewType? Type { get; }

    public static LabelNames Of(DataViewSchema.Column label)
    {
        var column = label.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues);
        if (column?.Type is not VectorDataViewType type)
            return new LabelNames(null, null);
        return Generic<LabelNames>(nameof(Read), type.ItemType.RawType, label.Annotations, column.Value, type);
    }

    /// <summary>The names as text, or "1", "2", ... where the label has no key values.</summary>
    public string[] AsText(int count) => Texts() ?? [.. Enumerable.Range(1, count).Select(key => key.ToString())];

    /// <summary>The names as text, or null where the label has no key values.</summary>
    public string[]? Texts() => Type is null ? null : Generic<string[]>(nameof(TextsOf), Type.ItemType.RawType, _values!);

    public void Annotate(DataViewSchema.Annotations.Builder annotations, string kind)
    {
        if (Type is not null)
            Generic<object?>(nameof(AddTo), Type.ItemType.RawType, annotations, kind, Type, _values!);
    }

    public void Save(IHostEnvironment env, ModelSaveContext context)
    {
        context.Writer.Write(Type is not null);
        if (Type is not null)
            Generic<object?>(nameof(Write), Type.ItemType.RawType, env, context, Type, _values!);
    }

    public static LabelNames Load(IHostEnvironment env, ModelLoadContext context)
    {
        if (!context.Reader.ReadBoolean())
            return new LabelNames(null, null);
        var codec = new BinarySaver(env, new BinarySaver.Arguments());
        if (!codec.TryLoadTypeAndValue(context.Reader.BaseStream, out var type, out var values) || type is not VectorDataViewType vector)
            throw env.ExceptDecode("The model's label names cannot be read.");
        return new LabelNames(vector, values);
    }

    private static LabelNames Read<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column, VectorDataViewType type)
    {
        VBuffer<T> values = default;
        annotations.GetGetter<VBuffer<T>>(column)(ref values);
        return new LabelNames(type, values);
    }

    private static string[] TextsOf<T>(VBuffer<T> values) => [.. values.DenseValues().Select(value => value?.ToString() ?? "")];

    private static object? AddTo<T>(DataViewSchema.Annotations.Builder annotations, string kind, VectorDataViewType type, VBuffer<T> values)
    {
        ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> value) => values.CopyTo(ref value);
        annotations.Add(kind, type, getter);
        return null;
    }

    private static object? Write<T>(IHostEnvironment env, ModelSaveContext context, VectorDataViewType type, VBuffer<T> values)
    {
        var codec = new BinarySaver(env, new BinarySaver.Arguments());
        if (!codec.TryWriteTypeAndValue(context.Writer.BaseStream, type, ref values, out _))
            throw env.Except($"Label names of type {type.ItemType} cannot be saved.");
        return null;
    }

    /// <summary>Calls one of the generic methods above for an item type that is known only at run time.</summary>
    private static TResult Generic<TResult>(string method, Type itemType, params object[] arguments)
    {
        const System.Reflection.BindingFlags Flags = System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static |
            System.Reflection.BindingFlags.DoNotWrapExceptions;
        return (TResult)typeof(LabelNames).GetMethod(method, Flags)!.MakeGenericMethod(itemType)
            .Invoke(null, Flags, null, arguments, null)!;
    }
}
