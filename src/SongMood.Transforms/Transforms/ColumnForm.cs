using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms;

/// <summary>What is known of a column before any row is read: its type and what the transform that wrote it noted beside it.</summary>
/// <remarks>
/// A waveform has one dimension (samples), a spectrogram two (bands, frames); a dimension of 0 varies from row to row, which is
/// ML.NET's own convention.
/// </remarks>
internal sealed record ColumnForm(string Name, DataViewType Type)
{
    /// <summary>Samples a second; <see cref="VaryingRate"/> where each row has its own; null where nobody said.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Samples from one frame of a spectrogram to the next, at <see cref="SampleRate"/>.</summary>
    public int? HopLength { get; init; }

    /// <summary>The values are already scaled (ML.NET's own annotation).</summary>
    public bool IsNormalized { get; init; }

    /// <summary>What each value of the vector is called (ML.NET's own annotation); empty where they have no names.</summary>
    public ImmutableArray<string> SlotNames { get; init; } = [];

    /// <summary>The sample rate annotation of a column whose rows have rates of their own.</summary>
    public const int VaryingRate = 0;

    public bool IsFloatVector => Type is VectorDataViewType { ItemType: NumberDataViewType item } && item == NumberDataViewType.Single;

    public ImmutableArray<int> Dimensions => Type is VectorDataViewType vector ? vector.Dimensions : [];

    public bool IsSpectrogram => IsFloatVector && Dimensions.Length == 2 && Dimensions[0] > 0;

    public int BandCount => Dimensions[0];

    /// <summary>Frames in every row, or 0 where that varies.</summary>
    public int FrameCount => Dimensions[1];

    /// <summary>Values in every row, or 0 where that varies.</summary>
    public int Size => Type is VectorDataViewType vector ? vector.Size : 1;

    public string DescribeType() => IsFloatVector
        ? $"a vector of Single ({string.Join(" x ", Dimensions.Select(size => size == 0 ? "?" : $"{size}"))})"
        : $"of type {Type}";

    public ColumnForm Waveform(int sampleCount = 0) => this with { Type = new VectorDataViewType(NumberDataViewType.Single, sampleCount) };

    public ColumnForm Spectrogram(int bandCount, int frameCount = 0) =>
        this with { Type = new VectorDataViewType(NumberDataViewType.Single, bandCount, frameCount) };

    public static ColumnForm Of(DataViewSchema.Column column) => new(column.Name, column.Type)
    {
        SampleRate = Read<int>(column, ColumnAnnotations.SampleRate, NumberDataViewType.Int32),
        HopLength = Read<int>(column, ColumnAnnotations.HopLength, NumberDataViewType.Int32),
        IsNormalized = Read<bool>(column, ColumnAnnotations.IsNormalized, BooleanDataViewType.Instance) ?? false,
    };

    public DataViewSchema.DetachedColumn ToColumn(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (SampleRate is { } rate)
            annotations.Add(ColumnAnnotations.SampleRate, NumberDataViewType.Int32, (ref int value) => value = rate);
        if (HopLength is { } hop)
            annotations.Add(ColumnAnnotations.HopLength, NumberDataViewType.Int32, (ref int value) => value = hop);
        if (IsNormalized)
            annotations.Add(ColumnAnnotations.IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        if (SlotNames is { IsEmpty: false } names)
            annotations.Add(ColumnAnnotations.SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length),
                (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, [.. names.Select(name => name.AsMemory())]));
        return new DataViewSchema.DetachedColumn(name, Type, annotations.ToAnnotations());
    }

    private static T? Read<T>(DataViewSchema.Column column, string kind, DataViewType type) where T : struct
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type != type)
            return null;
        T value = default;
        column.Annotations.GetValue(kind, ref value);
        return value;
    }
}
