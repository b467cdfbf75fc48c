using TagLib.Asf;

namespace SongMood.Formats.Tags;

/// <summary>Fields of Windows Media files (ASF), by the names that Windows has for them.</summary>
internal sealed class AsfFields(Tag tag) : TagFields
{
    private static readonly string[] Ours = ["WM/Mood", "WM/BeatsPerMinute", "WM/InitialKey"];

    public override IEnumerable<string> Others() =>
        from descriptor in tag
        where !Ours.Contains(descriptor.Name, StringComparer.OrdinalIgnoreCase)
        select $"{descriptor.Name} {Convert.ToHexString(descriptor.Render().Data)}";

    protected override IReadOnlyList<string> NamesOf(TagField field) => [Ours[(int)field]];

    protected override string? Get(string name) => tag.GetDescriptorString(name);

    protected override void Set(string name, string value) => tag.SetDescriptorString(value, name);
}
