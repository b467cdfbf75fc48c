using System.Globalization;

namespace SongMood.Formats.Tags;

/// <summary>One tag of a file, as TagLibSharp has it: ours of its fields, and all others.</summary>
internal abstract class TagFields
{
    private static readonly TagField[] All = [TagField.Mood, TagField.Tempo, TagField.Key];

    public SongTags Read() => new()
    {
        Mood = First(TagField.Mood),
        TempoBpm = double.TryParse(First(TagField.Tempo), NumberStyles.Float, CultureInfo.InvariantCulture, out var tempo)
            && tempo is > 0 and < int.MaxValue ? (int)Math.Round(tempo) : null,
        Key = First(TagField.Key),
    };

    /// <summary>Sets what is wanted and is not so.</summary>
    /// <returns>Whether anything was.</returns>
    public bool Write(SongTags tags)
    {
        var changed = false;
        foreach (var field in All)
            foreach (var name in NamesOf(field))
                if (tags.Value(field) is { } value && Get(name) != value)
                {
                    Set(name, value);
                    changed = true;
                }
        return changed;
    }

    /// <summary>All that is in the tag besides our fields, each with its content, to see that it stays.</summary>
    public abstract IEnumerable<string> Others();

    /// <summary>The names that a field is written by, the one that is read first at the front.</summary>
    protected abstract IReadOnlyList<string> NamesOf(TagField field);

    protected abstract string? Get(string name);

    protected abstract void Set(string name, string value);

    private string? First(TagField field) =>
        NamesOf(field).Select(Get).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
