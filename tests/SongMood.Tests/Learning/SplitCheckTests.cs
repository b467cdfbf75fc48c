using CsCheck;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

public sealed class SplitCheckTests
{
    [Fact]
    public void A_sound_split_is_said_to_be_one()
    {
        var check = SplitCheck.Of([Song("a"), Song("A "), Song("b"), Song("c")], [0, 0, 1, 2]);
        Assert.Equal((4, 3, 3, 0), (check.SongCount, check.GroupCount, check.PartCount, check.SongsWithoutGroup));
        Assert.True(check.GroupsAreApart);
        Assert.Empty(check.Leaks);
        Assert.Equal(["no artist on both sides (checked: 3 artists, 3 folds)"], check.Describe());
        Assert.Equal(["no album on both sides (checked: 3 albums, 3 parts)"], check.Describe("album", "part"));
    }

    [Fact]
    public void A_group_on_both_sides_is_found_however_it_is_written()
    {
        var check = SplitCheck.Of([Song("Queen"), Song("Beyoncé"), Song(" queen"), Song("BEYONCE\u0301"), Song("other")], [0, 0, 1, 1, 1]);
        Assert.False(check.GroupsAreApart);
        Assert.Equal([(SplitLeakKind.Group, "Queen", "0,2"), (SplitLeakKind.Group, "Beyoncé", "1,3")],
            check.Leaks.Select(leak => (leak.Kind, leak.Name, string.Join(',', leak.Songs))));
        Assert.Equal("LEAK: 2 artists on both sides (checked: 3 artists, 2 folds): Queen, Beyoncé", Assert.Single(check.Describe()));
    }

    [Fact]
    public void What_cannot_be_checked_is_said()
    {
        var none = SplitCheck.Of([Song(null), Song(" ")], [0, 1]);
        Assert.Equal((0, 2, false), (none.GroupCount, none.SongsWithoutGroup, none.GroupsAreApart));
        Assert.Equal("no song names its artist: whether one is on both sides cannot be checked", Assert.Single(none.Describe()));
        var some = SplitCheck.Of([Song("a"), Song("b"), Song(null)], [0, 1, 1]);
        Assert.False(some.GroupsAreApart);
        Assert.Equal(["no artist on both sides (checked: 2 artists, 2 folds)",
            "1 song names no artist: whether it is apart cannot be checked"], some.Describe());
    }

    [Fact]
    public void The_same_file_id_or_features_on_both_sides_are_found()
    {
        LabelledSong[] songs =
        [
            Song("a", "x/../one.mp3"), Song("b", "one.mp3"),
            Song("c") with { Id = "7" }, Song("d") with { Id = "7" },
            Song("e") with { Features = [1, 2], Line = 6 }, Song("f") with { Features = [1, 2] },
            Song("g") with { Features = [3, 4] }, Song("g") with { Features = [3, 4] }, // together: no leak
        ];
        var check = SplitCheck.Of(songs, [0, 1, 0, 1, 0, 1, 0, 0]);
        Assert.Equal([(SplitLeakKind.AudioFile, "x/../one.mp3"), (SplitLeakKind.Id, "7"), (SplitLeakKind.Features, "line 6")],
            check.Leaks.Select(leak => (leak.Kind, leak.Name)));
        Assert.True(check.GroupsAreApart);
        Assert.Equal(4, check.Describe().Count);
        // Other features than those of the label file, and more names than are shown.
        var rows = songs.Select(_ => new[] { 0f }).ToArray();
        Assert.Equal(8,
            SplitCheck.Of(songs, [0, 1, 0, 1, 0, 1, 0, 0], rows).Leaks.Single(leak => leak.Kind == SplitLeakKind.Features).Songs.Count);
        var many = Enumerable.Range(0, 14).Select(i => Song($"artist {i / 2}")).ToArray();
        Assert.EndsWith("artist 0, artist 1, artist 2, artist 3, artist 4 and 2 more",
            SplitCheck.Of(many, [.. many.Select((_, i) => i % 2)]).Describe()[0]);
    }

    [Fact]
    public void Our_own_splits_are_sound_even_where_names_are_written_in_many_ways() => Check.Sample(
        Gen.Select(
            Gen.Select(Gen.Int[0, 20], Gen.Int[0, 2]
            .Select(i => new[] { "Motörhead {0}", "motorhead  {0} ", "MOTO\u0308RHEAD\t{0}" }[i])).Array[40, 80], Gen.Int[2, 5], Gen.Int),
        (names, foldCount, seed) =>
        {
            LabelledSong[] songs = [.. names.Select(name => Song(string.Format(name.Item2, name.Item1)))];
            var folds = StratifiedSplit.Folds([.. names.Select((_, i) => i % 3)], [.. songs.Select(song => song.Group)], foldCount, seed);
            var check = SplitCheck.Of(songs, folds);
            Assert.True(check.GroupsAreApart);
            Assert.Equal(names.Select(name => name.Item1).Distinct().Count(), check.GroupCount);
        }, iter: 100);

    [Theory]
    [InlineData("Simon  & Garfunkel", " simon & garfunkel\u00A0")]
    [InlineData("Сойка Й", "сойка И\u0306")]
    [InlineData("Trịnh Công Sơn", "TRINH CONG SO\u031BN")]
    public void Names_that_mean_one_group(string one, string other) => Assert.Equal(GroupName.Key(one), GroupName.Key(other));

    [Theory]
    [InlineData("Prince", "Prince & The Revolution")]
    [InlineData("久石譲", "坂本龍一")]
    [InlineData("A B", "AB")]
    public void Names_that_do_not(string one, string other) => Assert.NotEqual(GroupName.Key(one), GroupName.Key(other));

    [Fact]
    public void Lists_of_different_lengths_are_refused()
    {
        Assert.Contains("2 parts", Assert.Throws<ArgumentException>(() => SplitCheck.Of([Song("a")], [0, 1])).Message);
        Assert.Throws<ArgumentException>(() => SplitCheck.Of([Song("a")], [0], []));
    }

    private static LabelledSong Song(string? group, string? path = null) =>
        new() { AudioPath = path, Mood = "mood", Group = group, Line = 1 };
}
