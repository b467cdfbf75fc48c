using TagLib.Ape;

namespace SongMood.Formats.Tags;

/// <summary>Fields of APE tags, which WavPack, Monkey's Audio, Musepack and some MP3s have.</summary>
internal sealed class ApeFields(Tag tag) : TagFields
{
    private static readonly string[] Ours = ["MOOD", "BPM", "INITIALKEY"];

    public override IEnumerable<string> Others() =>
        from name in tag
        where !Ours.Contains(name, StringComparer.OrdinalIgnoreCase)
        select $"{name} {Convert.ToHexString(tag.GetItem(name).Render().Data)}";

    protected override IReadOnlyList<string> NamesOf(TagField field) => [Ours[(int)field]];

    protected override string? Get(string name) => tag.GetItem(name)?.ToString();

    protected override void Set(string name, string value) => tag.SetValue(name, value);
}
