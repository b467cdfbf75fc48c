using System.Text;
using TagLib;
using TagLib.Id3v2;
using Tag = TagLib.Id3v2.Tag;

namespace SongMood.Formats.Tags;

/// <summary>
/// Fields of ID3v2. TMOO is a frame of version 2.4 (ID3v2.4.0 native frames, 4.2.3); players know it in 2.3, too. Version 2.2 has names of
/// three letters, and none for the mood: there it is in TXX alone.
/// </summary>
internal sealed class Id3V2Fields(Tag tag) : TagFields
{
    private const string OwnText = "TXXX:";
    private const string Mood = "MOOD";

    private static readonly string[] Ours = ["TMOO", "TBPM", "TKEY", "TBP", "TKE"];

    public override IEnumerable<string> Others() =>
        from frame in tag.GetFrames()
        where !IsOurs($"{frame.FrameId}", (frame as UserTextInformationFrame)?.Description)
        select $"{frame.FrameId} {Convert.ToHexString(frame.Render(tag.Version).Data)}";

    /// <summary>Whether a frame is one that is written here.</summary>
    public static bool IsOurs(string frame, string? ownTextName) => Ours.Contains(frame)
        || (frame is "TXXX" or "TXX" && Mood.Equals(ownTextName, StringComparison.OrdinalIgnoreCase));

    protected override IReadOnlyList<string> NamesOf(TagField field) => field switch
    {
        TagField.Mood => tag.Version > 2 ? ["TMOO", OwnText + Mood] : [OwnText + Mood],
        TagField.Tempo => ["TBPM"],
        _ => ["TKEY"],
    };

    protected override string? Get(string name) => name.StartsWith(OwnText, StringComparison.Ordinal)
        ? OwnTextFrame()?.Text.FirstOrDefault() : tag.GetTextAsString(name);

    protected override void Set(string name, string value)
    {
        TextInformationFrame frame;
        if (!name.StartsWith(OwnText, StringComparison.Ordinal))
            frame = TextInformationFrame.Get(tag, name, create: true);
        else if (OwnTextFrame() is { } known)
            frame = known;
        else
            tag.AddFrame(frame = new UserTextInformationFrame(name[OwnText.Length..], StringType.Latin1));
        // Numbers are always in Latin 1 (ID3v2.3.0, 3.3), and whatever reads tags reads that. TagLibSharp makes UTF-16 of UTF-8 in 2.3.
        frame.TextEncoding = Ascii.IsValid(value) ? StringType.Latin1 : StringType.UTF8;
        frame.Text = [value];
    }

    private UserTextInformationFrame? OwnTextFrame() =>
        tag.GetFrames<UserTextInformationFrame>().FirstOrDefault(frame => IsOurs("TXXX", frame.Description));
}
