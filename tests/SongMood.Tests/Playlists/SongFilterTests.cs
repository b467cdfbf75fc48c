using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Tests.Playlists;

public class SongFilterTests
{
    private static readonly string[] Moods = ["happy", "sad", "energetic", "calm"];

    /// <summary>Happy 0.7, sad 0.1, energetic 0.15, calm 0.05: valence 0.5, arousal 0.7; 128 a minute, A minor, 200 s.</summary>
    internal static MoodPrediction Song { get; } = new("happy",
        new Dictionary<string, float> { ["happy"] = 0.7f, ["sad"] = 0.1f, ["energetic"] = 0.15f, ["calm"] = 0.05f })
    {
        IsUnsure = false,
        Duration = TimeSpan.FromSeconds(200),
        Features = new MusicFeatures
        {
            TempoBpm = 128,
            TempoConfidence = 0.4,
            Key = "A",
            Mode = MusicMode.Minor,
            KeyStrength = 0.8,
            LoudnessLufs = -9.5,
            LoudnessRangeLu = 5,
            Danceability = 1.5,
            BrightnessHz = 2000,
            OnsetsPerSecond = 4,
        },
    };

    private static MoodPrediction Unclear { get; } = Song with
    {
        Features = Song.Features! with { TempoBpm = 0, KeyStrength = 0 },
        IsUnsure = true,
        Remarks = [new PredictionRemark(PredictionRemarkKind.Clipping, "clipped")],
    };

    [Theory]
    [InlineData("arousal > 0.5 and tempo in 120..140", true)]
    [InlineData("arousal>0.5 AND tempo in 120 .. 127.9", false)]
    [InlineData("tempo in 128..128", true)]
    [InlineData("valence < -0.2", false)]
    [InlineData("valence>-0.2", true)]
    [InlineData("happy >= 0.6 and sad <= 0.2", true)]
    [InlineData("\"happy\" > 0.9 or 'calm' > 0.9", false)]
    [InlineData("score > 0.6", true)]
    [InlineData("mood = happy", true)]
    [InlineData("Mood == HAPPY", true)]
    [InlineData("mood != happy", false)]
    [InlineData("mood = 'sad' or mood = calm", false)]
    [InlineData("key = a and mode = minor", true)]
    [InlineData("key = Bb or key = C#", false)]
    [InlineData("duration < 3:30 and duration > 3:19", true)]
    [InlineData("duration in 0..199.5", false)]
    [InlineData("loudness > -10 and loudnessRange < 6 and danceability > 1 and brightness > 1999 and onsets > 3", true)]
    [InlineData("keyStrength > 0.7 and tempoConfidence < 0.5", true)]
    [InlineData("unsure", false)]
    [InlineData("not unsure", true)]
    [InlineData("not not unsure", false)]
    [InlineData("doubtful or not (mood = sad)", true)]
    [InlineData("mood = sad and mood = sad or mood = happy", true)] // "and" first
    [InlineData("mood = happy or mood = sad and mood = sad", true)]
    [InlineData("(mood = happy or mood = sad) and mood = sad", false)]
    [InlineData("not mood = sad and mood = sad", false)] // "not" first
    public void Filters_say_which_songs_are_wanted(string text, bool isWanted)
    {
        Assert.Equal(isWanted, SongFilter.Parse(text, Moods).Matches(Song));
        Assert.Equal(isWanted, SongFilter.Parse(text).Matches(Song));
        Assert.Equal(text, SongFilter.Parse(text).ToString());
    }

    /// <summary>Whether the moods are known yet or not: what is at fault is the name, and not what follows it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_word_that_there_is_not_is_told_at_its_place(bool moodsAreKnown)
    {
        var error = Assert.Throws<SongFilterException>(() => SongFilter.Parse("artist = Abba", moodsAreKnown ? Moods : null));
        Assert.Contains("column 1 of the filter: found 'artist'; expected not, ( or a field (mood,", error.Message);
    }

    [Fact]
    public void A_flat_is_its_sharp() =>
        Assert.True(SongFilter.Parse("key = bb").Matches(Song with { Features = Song.Features! with { Key = "A#" } }));

    [Theory]
    [InlineData("tempo < 100")]
    [InlineData("key = A")]
    [InlineData("key != A")]
    [InlineData("mode = minor")]
    public void What_is_unknown_is_neither_so_nor_not_so(string text)
    {
        Assert.False(SongFilter.Parse(text).Matches(Unclear));
        Assert.False(SongFilter.Parse($"not ({text})").Matches(Unclear));
        Assert.True(SongFilter.Parse($"{text} or unsure").Matches(Unclear)); // whatever it is
        Assert.False(SongFilter.Parse($"{text} and unsure").Matches(Unclear));
        Assert.True(SongFilter.Parse($"not ({text} and not unsure)").Matches(Unclear));
        Assert.True(SongFilter.Parse("unsure and doubtful").Matches(Unclear));
        var ofModel = Unclear with { Remarks = [new(PredictionRemarkKind.NoProbabilities, "the model's scores are no probabilities")] };
        Assert.False(SongFilter.Parse("doubtful").Matches(ofModel)); // which each song's are
    }

    [Theory]
    [InlineData("", 1, "the end", "a mood: happy, sad, energetic, calm")]
    [InlineData("arousal", 8, "the end", "<, <=, >, >= or in")]
    [InlineData("arousal >", 10, "the end", "a number")]
    [InlineData("arousal > high", 11, "'high'", "a number")]
    [InlineData("arousal > 0,5", 12, "','", "a decimal point")]
    [InlineData("arousal > 5", 11, "'5'", "from -1 to 1")]
    [InlineData("happy > 70", 9, "'70'", "from 0 to 1")]
    [InlineData("tempo = 120", 7, "'='", "in")]
    [InlineData("tempo in 120", 13, "the end", "..")]
    [InlineData("tempo in 140..120", 10, "140..120", "the smaller number first")]
    [InlineData("tempo > 4:30", 9, "'4:30'", "a number")]
    [InlineData("mood = hapy", 8, "'hapy'", "happy, sad, energetic, calm")]
    [InlineData("mood > happy", 6, "'>'", "= or !=")]
    [InlineData("mood happy", 6, "'happy'", "= or !=")]
    [InlineData("key = H", 7, "'H'", "C, C#, D")]
    [InlineData("key = Am", 7, "'Am'", "a key")]
    [InlineData("mode = dorian", 8, "'dorian'", "major, minor")]
    [InlineData("hapy > 0.5", 1, "'hapy'", "happy, sad")]
    [InlineData("'tempo' > 0.5", 1, "'tempo'", "a mood")]
    [InlineData("and", 1, "'and'", "a field")]
    [InlineData("unsure > 0", 8, "'>'", "and, or, or the end")]
    [InlineData("unsure doubtful", 8, "'doubtful'", "and, or")]
    [InlineData("(unsure", 8, "the end", ")")]
    [InlineData("unsure)", 7, "')'", "no ( is open")]
    [InlineData("unsure and", 11, "the end", "not, ( or a field")]
    [InlineData("mood = \"sad", 12, "the end", "closes the name from column 8")]
    [InlineData("unsure & doubtful", 8, "'&'", "a name, a number")]
    [InlineData("🎵 > 1", 1, "'🎵'", "other names stand in quotes")]
    public void Errors_say_where_what_was_found_and_what_was_expected(string text, int column, string found, string expected)
    {
        var error = Assert.Throws<SongFilterException>(() => SongFilter.Parse(text, Moods));
        Assert.Equal(column, error.Column);
        Assert.Contains($"column {column} of the filter: found {found}", error.Message);
        Assert.Contains(expected, error.Message[error.Message.IndexOf("expected", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Only_the_four_moods_have_a_place_on_the_plane()
    {
        Assert.Contains("low, high", Assert.Throws<SongFilterException>(() => SongFilter.Parse("valence > 0", ["low", "high"])).Message);
        var other = new MoodPrediction("low", new Dictionary<string, float> { ["low"] = 1, ["high"] = 0 });
        Assert.Contains("low, high",
            Assert.Throws<InvalidOperationException>(() => SongFilter.Parse("valence > 0").Matches(other)).Message);
        Assert.True(SongFilter.Parse("low > 0.5", ["low", "high"]).Matches(other));
    }

    /// <summary>Never a silent "no" where the prediction was made without what the filter needs.</summary>
    [Fact]
    public void What_a_prediction_lacks_is_named()
    {
        var bare = Song with { Features = null, IsUnsure = null };
        var (tempo, unsure, mood) = (SongFilter.Parse("tempo > 100"), SongFilter.Parse("not unsure"), SongFilter.Parse("dreamy > 0.5"));
        Assert.Equal((true, false), (tempo.NeedsFeatures, tempo.NeedsThreshold));
        Assert.Equal((false, true), (unsure.NeedsFeatures, unsure.NeedsThreshold));
        Assert.Equal((false, false), (mood.NeedsFeatures, mood.NeedsThreshold));
        Assert.Contains("WithFeatures", Assert.Throws<InvalidOperationException>(() => tempo.Matches(bare)).Message);
        Assert.Contains("UnsureBelow", Assert.Throws<InvalidOperationException>(() => unsure.Matches(bare)).Message);
        Assert.Contains("happy, sad", Assert.Throws<InvalidOperationException>(() => mood.Matches(bare)).Message);
    }
}
