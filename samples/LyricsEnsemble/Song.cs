namespace LyricsEnsemble;

internal sealed class Song
{
    public string Path { get; set; } = "";

    public string Lyrics { get; set; } = "";

    public string Mood { get; set; } = "";

    public string Artist { get; set; } = "";
}
