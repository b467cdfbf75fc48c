namespace SongMood.Evaluation;

/// <summary>What a model said of songs, beside the moods that people gave them: what all of this namespace measures.</summary>
/// <remarks>
/// It is checked once, when it is made, and does not change afterwards: the lists are copied. A song with NaN among its probabilities (a
/// model gives NaN where a feature of the song is NaN or infinite) has no predicted mood, and is not right.
/// </remarks>
/// <example><code>
/// var said = new Predictions(
///     moods: ["calm", "sad"],
///     actual: [0, 1, 1],
///     probabilities: [[0.9f, 0.1f], [0.6f, 0.4f], [0.2f, 0.8f]],
///     groups: ["The Ones", "The Twos", "The Twos"]);
/// Console.WriteLine(said.IsRight(1)); // False: the model said calm
/// </code></example>
public sealed class Predictions
{
    private const float HighestProbability = 1.0001f; // a softmax in single precision may end just above 1

    /// <summary>Takes what was predicted, and checks that it fits together.</summary>
    /// <param name="moods">The names of the moods, two or more, in the order of the probabilities.</param>
    /// <param name="actual">The mood that people gave each song, as an index into <paramref name="moods"/>; one song or more.</param>
    /// <param name="probabilities">The probability of each mood for each song, from 0 to 1; NaN where the model gave no number.</param>
    /// <param name="groups">The group of each song, such as its artist; a song without one (null or blank) is a group of its own. Null:
    /// no song has a group.</param>
    /// <param name="parts">The part (fold) that each song was held out with, not negative. Null: there are no parts.</param>
    /// <exception cref="ArgumentException">The lists differ in length, there is no song, there are fewer than two moods, two moods have one
    /// name, a mood or a part is out of range, or a probability is neither NaN nor from 0 to 1.</exception>
    public Predictions(
        IReadOnlyList<string> moods, IReadOnlyList<int> actual, IReadOnlyList<IReadOnlyList<float>> probabilities,
        IReadOnlyList<string?>? groups = null, IReadOnlyList<int>? parts = null)
    {
        ArgumentNullException.ThrowIfNull(moods);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(probabilities);
        Moods = [.. moods];
        Actual = [.. actual];
        Probabilities = [.. probabilities.Select<IReadOnlyList<float>, IReadOnlyList<float>>((scores, song) =>
            scores is null ? throw new ArgumentException($"Song {song} has null for probabilities.", nameof(probabilities)) : [.. scores])];
        Groups = groups is null ? null : [.. groups];
        Parts = parts is null ? null : [.. parts];
        CheckLengths();
        for (var song = 0; song < Actual.Count; song++)
            Check(song);
    }

    /// <summary>The names of the moods, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>The mood that people gave each song, as an index into <see cref="Moods"/>.</summary>
    public IReadOnlyList<int> Actual { get; }

    /// <summary>The probability of each mood for each song; NaN where the model gave no number.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Probabilities { get; }

    /// <summary>The group (artist) of each song, as it is written; null where no song has one.</summary>
    public IReadOnlyList<string?>? Groups { get; }

    /// <summary>The part (fold) that each song was held out with; null where there are no parts.</summary>
    public IReadOnlyList<int>? Parts { get; }

    /// <summary>Such as "600 songs of the moods calm, energetic, happy, sad".</summary>
    public override string ToString() => $"{Plural.Of(Actual.Count, "song")} of the moods {string.Join(", ", Moods)}";

    /// <summary>How many songs there are, at least one.</summary>
    public int SongCount => Actual.Count;

    /// <summary>The different parts in ascending order; empty where there are none.</summary>
    public IReadOnlyList<int> PartNumbers => [.. (Parts ?? []).Distinct().Order()];

    /// <summary>The most probable mood of a song, the first of equal ones, as an index into <see cref="Moods"/>; null where one of its
    /// probabilities is NaN.</summary>
    /// <param name="song">The song, from 0.</param>
    public int? Predicted(int song)
    {
        var scores = Probabilities[song];
        var best = 0;
        for (var mood = 0; mood < scores.Count; mood++)
        {
            if (float.IsNaN(scores[mood]))
                return null;
            if (scores[mood] > scores[best])
                best = mood;
        }
        return best;
    }

    /// <summary>Whether the predicted mood of a song is the one that people gave it; false where it has no prediction.</summary>
    /// <param name="song">The song, from 0.</param>
    public bool IsRight(int song) => Predicted(song) == Actual[song];

    /// <summary>Some of the songs, in the same order.</summary>
    /// <param name="isWanted">Asked for each song, from 0.</param>
    /// <exception cref="ArgumentException">No song is wanted.</exception>
    public Predictions Where(Func<int, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        int[] songs = [.. Enumerable.Range(0, SongCount).Where(isWanted)];
        if (songs.Length == 0)
            throw new ArgumentException($"None of the {Plural.Of(SongCount, "song")} is wanted; expected at least one.", nameof(isWanted));
        return new(Moods, Of(Actual), Of(Probabilities), Groups is null ? null : Of(Groups), Parts is null ? null : Of(Parts));

        T[] Of<T>(IReadOnlyList<T> all) => Array.ConvertAll(songs, song => all[song]);
    }

    /// <summary>The songs of one part.</summary>
    /// <param name="part">One of <see cref="PartNumbers"/>.</param>
    /// <exception cref="ArgumentException">No song is in that part.</exception>
    public Predictions OfPart(int part) => Parts is { } parts && parts.Contains(part) ? Where(song => parts[song] == part)
        : throw new ArgumentException(FormattableString.Invariant(
            $"No song is in part {part}; the parts are {(Parts is null ? "none" : string.Join(", ", PartNumbers))}."), nameof(part));

    /// <summary>The same songs with other probabilities.</summary>
    /// <param name="probabilities">As the constructor takes them.</param>
    /// <exception cref="ArgumentException">As the constructor says.</exception>
    public Predictions WithProbabilities(IReadOnlyList<IReadOnlyList<float>> probabilities) =>
        new(Moods, Actual, probabilities, Groups, Parts);

    /// <summary>The same songs in other parts.</summary>
    /// <param name="parts">As the constructor takes them.</param>
    /// <exception cref="ArgumentException">As the constructor says.</exception>
    public Predictions WithParts(IReadOnlyList<int>? parts) => new(Moods, Actual, Probabilities, Groups, parts);

    /// <exception cref="ArgumentException">They are not the same moods, in any order.</exception>
    internal static void CheckSameMoods(IReadOnlyList<string> first, IReadOnlyList<string> other)
    {
        if (!first.ToHashSet().SetEquals(other))
            throw new ArgumentException($"One model tells {string.Join(", ", first)} apart, the other {string.Join(", ", other)}. Compare "
                + "models of the same moods.");
    }

    /// <summary>The same with the moods in another order.</summary>
    /// <exception cref="ArgumentException">They are other moods.</exception>
    internal Predictions InOrderOf(IReadOnlyList<string> moods)
    {
        if (Moods.SequenceEqual(moods))
            return this;
        CheckSameMoods(moods, Moods);
        int[] places = [.. moods.Select(mood => Moods.Index().First(own => own.Item == mood).Index)];
        return new Predictions(moods, [.. Actual.Select(mood => Array.IndexOf(places, mood))],
            [.. Probabilities.Select(row => Array.ConvertAll(places, place => row[place]))], Groups, Parts);
    }

    /// <summary>The songs of each group, and each song without one alone: what speaks for itself.</summary>
    internal int[][] Units() => GroupName.Units(Enumerable.Range(0, SongCount), Groups is { } groups ? song => groups[song] : null);

    private void CheckLengths()
    {
        if (Moods.Count < 2)
            throw new ArgumentException($"The predictions have {Plural.Of(Moods.Count, "mood")}; expected two or more.");
        if (Moods.GroupBy(mood => mood).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            throw new ArgumentException($"The mood '{repeated.Key}' comes {repeated.Count()} times; expected each name once.");
        if (Actual.Count == 0)
            throw new ArgumentException("There is no song; expected at least one.");
        NeedOneForEachSong(Probabilities.Count, "list of probabilities", "lists of probabilities");
        NeedOneForEachSong(Groups?.Count, "group");
        NeedOneForEachSong(Parts?.Count, "part");

        void NeedOneForEachSong(int? count, string one, string? many = null)
        {
            if (count is { } found && found != Actual.Count)
                throw new ArgumentException($"There are moods for {Plural.Of(Actual.Count, "song")} but {Plural.Of(found, one, many)}; "
                    + "expected one for each song.");
        }
    }

    private void Check(int song)
    {
        var scores = Probabilities[song];
        if (Actual[song] < 0 || Actual[song] >= Moods.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"Song {song} has the mood {Actual[song]}; expected 0 to {Moods.Count - 1}, the moods' indices."));
        if (scores.Count != Moods.Count)
            throw new ArgumentException($"Song {song} has {Plural.Of(scores.Count, "probability", "probabilities")}; expected "
                + $"{Moods.Count}, one for each mood.");
        for (var mood = 0; mood < scores.Count; mood++)
            if (scores[mood] is < 0 or > HighestProbability)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Song {song} has the probability {scores[mood]} for the mood '{Moods[mood]}'; ")
                    + "expected 0 to 1, or NaN where there is no prediction.");
        if (Parts?[song] < 0)
            throw new ArgumentException(FormattableString.Invariant($"Song {song} is in part {Parts[song]}; expected 0 or more."));
    }
}
