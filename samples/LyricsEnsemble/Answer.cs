namespace LyricsEnsemble;

/// <summary>What each member says of a song: a probability for each mood.</summary>
internal sealed class Answer
{
    public float[] BySound { get; set; } = [];

    public float[] ByWords { get; set; } = [];
}
