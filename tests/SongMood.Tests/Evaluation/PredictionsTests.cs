using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class PredictionsTests
{
    private static readonly string[] Moods = ["happy", "sad"];

    private static readonly Predictions Four = new(
        Moods, [0, 1, 1, 0], [[0.7f, 0.3f], [0.5f, 0.5f], [0.2f, 0.8f], [float.NaN, 1]], ["a", null, "b", "a"], [0, 1, 0, 7]);

    [Fact]
    public void The_most_probable_mood_is_predicted_the_first_of_equal_ones_and_none_where_there_is_nan()
    {
        Assert.Equal([0, 0, 1, null], Enumerable.Range(0, 4).Select(Four.Predicted));
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(Four.IsRight));
        // NaN anywhere, not only where it would be compared first.
        Assert.Null(new Predictions(Moods, [0], [[1, float.NaN]]).Predicted(0));
    }

    [Fact]
    public void Some_songs_keep_all_that_is_known_of_them()
    {
        Assert.Equal([0, 1, 7], Four.PartNumbers);
        Assert.Empty(new Predictions(Moods, [0], [[1, 0]]).PartNumbers);
        var odd = Four.Where(song => song % 2 == 1);
        Assert.Equal(2, odd.SongCount);
        Assert.Equal(Moods, odd.Moods);
        Assert.Equal([1, 0], odd.Actual);
        Assert.Equal([null, "a"], odd.Groups!);
        Assert.Equal([1, 7], odd.Parts!);
        Assert.Equal([0.5f, 0.5f], odd.Probabilities[0]);
        Assert.Equal(["a", "b"], Four.OfPart(0).Groups!);
        Assert.Contains("None of the 4 songs", Assert.Throws<ArgumentException>(() => Four.Where(_ => false)).Message);
        Assert.Contains("part 2; the parts are 0, 1, 7", Assert.Throws<ArgumentException>(() => Four.OfPart(2)).Message);
        Assert.Contains("the parts are none", Assert.Throws<ArgumentException>(() => Four.WithParts(null).OfPart(0)).Message);
    }

    [Fact]
    public void Other_probabilities_or_parts_leave_the_rest_and_are_checked()
    {
        var turned = Four.WithProbabilities([.. Four.Probabilities.Select(scores => scores.Reverse().ToArray())]);
        Assert.Equal((0.3f, 7, "b"), (turned.Probabilities[0][0], turned.Parts![3], turned.Groups![2]));
        Assert.Equal([0.7f, 0.3f], Four.Probabilities[0]);
        Assert.Contains("1 list of probabilities", Assert.Throws<ArgumentException>(() => Four.WithProbabilities([[0, 1]])).Message);
        Assert.Equal([3, 3, 3, 3], Four.WithParts([3, 3, 3, 3]).Parts!);
        Assert.Contains("1 part;", Assert.Throws<ArgumentException>(() => Four.WithParts([1])).Message);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_by_name()
    {
        Refused("have 1 mood; expected two or more", () => new(["a"], [0], [[1]]));
        Refused("'a' comes 2 times", () => new(["a", "b", "a"], [0], [[1, 0, 0]]));
        Refused("no song", () => new(Moods, [], []));
        Refused("moods for 2 songs but 1 list of probabilities", () => new(Moods, [0, 1], [[1, 0]]));
        Refused("moods for 1 song but 2 groups", () => new(Moods, [0], [[1, 0]], ["a", "b"]));
        Refused("moods for 1 song but 3 parts", () => new(Moods, [0], [[1, 0]], parts: [0, 1, 2]));
        Refused("Song 1 has the mood 2", () => new(Moods, [0, 2], [[1, 0], [0, 1]]));
        Refused("Song 0 has the mood -1", () => new(Moods, [-1], [[1, 0]]));
        Refused("Song 1 has 1 probability; expected 2", () => new(Moods, [0, 0], [[1, 0], [1]]));
        Refused("Song 0 has null", () => new(Moods, [0], [null!]));
        Refused("Song 0 has the probability -0.1 for the mood 'happy'", () => new(Moods, [0], [[-0.1f, 1]]));
        Refused("Song 0 has the probability 1.001 for the mood 'sad'", () => new(Moods, [0], [[0, 1.001f]]));
        Refused("Song 0 has the probability", () => new(Moods, [0], [[float.PositiveInfinity, 0]]));
        Refused("Song 0 is in part -1", () => new(Moods, [0], [[1, 0]], parts: [-1]));
        Assert.Throws<ArgumentNullException>(() => new Predictions(null!, [0], [[1, 0]]));
        Assert.Throws<ArgumentNullException>(() => new Predictions(Moods, null!, [[1, 0]]));
        Assert.Throws<ArgumentNullException>(() => new Predictions(Moods, [0], null!));
    }

    [Fact]
    public void What_was_checked_cannot_be_changed_from_outside()
    {
        float[] scores = [0.9f, 0.1f];
        int[] actual = [0];
        var predictions = new Predictions(Moods, actual, [scores]);
        (scores[0], actual[0]) = (-5, 9);
        Assert.Equal([0.9f, 0.1f], predictions.Probabilities[0]);
        Assert.Equal([0], predictions.Actual);
        Assert.IsNotType<float[]>(predictions.Probabilities[0]);
    }

    private static void Refused(string message, Func<Predictions> make) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(make).Message);
}
