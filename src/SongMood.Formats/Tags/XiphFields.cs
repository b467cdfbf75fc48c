using TagLib.Ogg;

namespace SongMood.Formats.Tags;

/// <summary>
/// Fields of Vorbis comments, which FLAC, Vorbis and Opus have. None of the names is in the specification; they are those of DJ software.
/// </summary>
internal sealed class XiphFields(XiphComment tag) : TagFields
{
    private static readonly string[] Ours = ["MOOD", "BPM", "INITIALKEY"];

    public override IEnumerable<string> Others() =>
        from name in tag
        where !Ours.Contains(name, StringComparer.OrdinalIgnoreCase)
        from value in tag.GetField(name)
        select $"{name} {value}";

    protected override IReadOnlyList<string> NamesOf(TagField field) => [Ours[(int)field]];

    protected override string? Get(string name) => tag.GetFirstField(name);

    protected override void Set(string name, string value) => tag.SetField(name, value);
}
