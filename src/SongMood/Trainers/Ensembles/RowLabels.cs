using Microsoft.ML;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What rows are drawn by: their classes and groups, read once.</summary>
/// <param name="Classes">Each row's class, from 0; -1 where it has no label.</param>
/// <param name="Groups">Each row's group, null or blank where it has none; or null where there are no groups.</param>
internal sealed record RowLabels(int[] Classes, string?[]? Groups)
{
    public static RowLabels Read(IDataView view, string labelColumnName, string? groupColumnName)
    {
        var label = FeatureColumn.Find(view.Schema, labelColumnName, "label", nameof(EnsembleOptions.LabelColumnName));
        LabelColumn.ClassCount(label); // is it a label at all?
        DataViewSchema.Column? group = groupColumnName is null ? null
            : FeatureColumn.Find(view.Schema, groupColumnName, "group", nameof(EnsembleOptions.GroupColumnName));
        using var cursor = view.GetRowCursor(group is null ? [label] : [label, group.Value]);
        var getLabel = LabelColumn.Reader(cursor, label);
        var getGroup = group is null ? null : GroupColumn.Reader(cursor, group.Value);
        var (classes, groups) = (new List<int>(), new List<string?>());
        while (cursor.MoveNext())
        {
            classes.Add((int)getLabel() - 1);
            if (getGroup is not null)
                groups.Add(getGroup());
        }
        return new RowLabels([.. classes], group is null ? null : [.. groups]);
    }

    /// <summary>The rows that have a label.</summary>
    public int[] Labelled => [.. Enumerable.Range(0, Classes.Length).Where(row => Classes[row] >= 0)];
}
