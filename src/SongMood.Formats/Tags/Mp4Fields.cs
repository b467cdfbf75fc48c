using System.Globalization;
using TagLib;
using TagLib.Mpeg4;

namespace SongMood.Formats.Tags;

/// <summary>Fields of MP4 files: iTunes' atom for the tempo, and free ones, as other software writes them, for the rest.</summary>
internal sealed class Mp4Fields(AppleTag tag) : TagFields
{
    private const string Tempo = "tmpo", Owner = "com.apple.iTunes";

    private static readonly string[] Free = ["MOOD", "initialkey"];

    public override IEnumerable<string> Others() =>
        from box in tag
        where box.BoxType != Tempo && !IsOurs(box)
        select $"{box.BoxType} {Convert.ToHexString(box.Render().Data)}";

    protected override IReadOnlyList<string> NamesOf(TagField field) => field switch
    {
        TagField.Mood => [Free[0]],
        TagField.Tempo => [Tempo],
        _ => [Free[1]],
    };

    protected override string? Get(string name) => name != Tempo ? tag.GetDashBox(Owner, name)
        : tag.BeatsPerMinute > 0 ? tag.BeatsPerMinute.ToString(CultureInfo.InvariantCulture) : null;

    protected override void Set(string name, string value)
    {
        if (name == Tempo)
            tag.BeatsPerMinute = uint.Parse(value, CultureInfo.InvariantCulture);
        else
            tag.SetDashBox(Owner, name, value);
    }

    private static bool IsOurs(Box box) => box.BoxType == (ReadOnlyByteVector)"----" && box.Children is { } parts
        && parts.OfType<AppleAdditionalInfoBox>().Any(part => Free.Contains(part.Text, StringComparer.OrdinalIgnoreCase));
}
