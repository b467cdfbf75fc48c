namespace SongMood.Prediction;

/// <summary>Scores windows of a song while it is heard in pieces.</summary>
internal interface ISongWindows
{
    /// <summary>Goes on with the next piece, which has just been scored.</summary>
    void Add(ReadOnlySpan<float> piece);

    /// <summary>The windows; one of all that there is where the song is shorter than one.</summary>
    IReadOnlyList<WindowScores> End();
}
