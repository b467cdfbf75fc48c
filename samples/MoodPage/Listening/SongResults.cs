using SongMood.Prediction;

namespace MoodPage.Listening;

/// <summary>What becomes of a song: a card on the page.</summary>
public interface ISongResult
{
    /// <summary>What the song is called, for people.</summary>
    string Title { get; }
}

/// <summary>A song that cannot be heard, or songs that are not taken.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Message">What is wrong, and what to do: whole sentences.</param>
/// <param name="StatusCode">The HTTP status that says so.</param>
public sealed record SongFault(string Title, string Message, int StatusCode) : ISongResult
{
    /// <summary>Whether the same song may be heard another time.</summary>
    public bool CanTryAgain { get; init; }
}

/// <summary>A song that was heard.</summary>
/// <param name="Song">What a visit remembers of it.</param>
/// <param name="Hearing">What was heard.</param>
/// <param name="Earlier">The songs that the visit had before.</param>
/// <param name="Alike">Those of them that sound most like it, the most alike first.</param>
public sealed record HeardSong(
    RememberedSong Song, Hearing Hearing, IReadOnlyList<RememberedSong> Earlier, IReadOnlyList<AlikeSong> Alike) : ISongResult
{
    public string Title => Song.Title;
}

/// <summary>What a visit remembers of a song.</summary>
/// <param name="Number">Which song of the visit it is, from 1.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Prediction">Its mood, features and embedding.</param>
public sealed record RememberedSong(int Number, string Title, MoodPrediction Prediction);

/// <summary>A song that sounds like another.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">The cosine of the two embeddings, -1 to 1.</param>
public sealed record AlikeSong(RememberedSong Song, float Similarity);
