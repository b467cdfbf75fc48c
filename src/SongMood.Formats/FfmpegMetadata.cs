using System.Text;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>
/// Tags as ffmpeg writes them (its format "ffmetadata"): a line each, a name, "=" and a value, in which a backslash stands before "=", ";",
/// "#", itself and the end of a line. The sections behind them are of chapters and streams, whose titles are not the song's.
/// </summary>
internal static class FfmpegMetadata
{
    public static TagText Read(ReadOnlySpan<byte> bytes)
    {
        var tags = new TagText();
        var (part, name) = (new StringBuilder(), (string?)null);
        var text = Encoding.UTF8.GetString(bytes) + "\n";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                part.Append(text[++i]);
            else if (text[i] == '=' && name is null)
            {
                name = part.ToString().ToUpperInvariant();
                part.Clear();
            }
            else if (text[i] != '\n')
                part.Append(text[i]);
            else if (name is null && part.Length > 0 && part[0] == '[')
                break;
            else
            {
                if (name is not null)
                    tags.Keep(name, part.ToString());
                name = null;
                part.Clear();
            }
        }

        return tags;
    }
}
