using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;

namespace SongMood.Reproduction;

/// <summary>Songs with everything that the networks learn from, in memory, from which each split takes its rows.</summary>
internal abstract class SongSet(string name, LabelledSongs songs)
{
    public const string Label = "Label";

    public string Name => name;

    public LabelledSongs Songs => songs;

    public string?[] Artists { get; } = [.. songs.Songs.Select(song => song.Group)];

    public abstract IDataView View(MLContext context, IReadOnlyList<int> rows);

    /// <summary>The label is a key whose values are all moods of the set, whichever of them the rows at hand have.</summary>
    protected static void DescribeLabel(SchemaDefinition schema, IReadOnlyList<string> moods)
    {
        schema[Label].ColumnType = new KeyDataViewType(typeof(uint), moods.Count);
        schema[Label].AddAnnotation("KeyValues", Text(moods), new VectorDataViewType(TextDataViewType.Instance, moods.Count));
    }

    private static VBuffer<ReadOnlyMemory<char>> Text(IReadOnlyList<string> values) =>
        new(values.Count, [.. values.Select(value => value.AsMemory())]);
}
