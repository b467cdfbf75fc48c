using System.Globalization;
using System.Text;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

/// <summary>Label files as people and spreadsheets write them.</summary>
public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("path;mood;artist\na.mp3;happy;One, Two\nb.mp3;sad;\"x;y\"\n", "One, Two", "x;y")]
    [InlineData("path\tmood\tartist\na.mp3\thappy\tOne, Two\nb.mp3\tsad\tx;y\n", "One, Two", "x;y")]
    [InlineData("\"path\",\"mood\",\"artist\"\n\"a.mp3\",\"happy\",\"One, Two\"\n\"b.mp3\",\"sad\",x;y\n", "One, Two", "x;y")]
    [InlineData("path,mood,\"artist;first\nor not\",artist\na.mp3,happy,,z\nb.mp3,sad,,\n", "z", null)]
    public void The_separator_is_the_one_that_makes_a_column_of_the_mood(string text, string? first, string? second)
    {
        Audio("a.mp3", "b.mp3");
        var songs = LabelledSongs.Read(_folder.Write("l.csv", text)).Songs;
        Assert.Equal([(_folder.File("a.mp3"), "happy", first), (_folder.File("b.mp3"), "sad", second)],
            songs.Select(song => (song.AudioPath, song.Mood, song.Group)));
    }

    [Theory]
    [InlineData("mood;x,path\na;1,b.mp3\n", "mood;x", "commas (mood;x | path) or by semicolons (mood | x,path)")]
    [InlineData("path\tx,mood\nb.mp3\t1,a\n", "path\tx", "commas (path\tx | mood) or by tabs (path | x,mood)")]
    [InlineData("path;x\tmood\nb.mp3;1\ta\n", "path", "semicolons (path | x\tmood) or by tabs (path;x | mood)")]
    public void A_header_that_two_separators_fit_is_refused(string text, string column, string says)
    {
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(_folder.Write("l.csv", text)));
        Assert.Equal((1, column), (error.Line, error.Column));
        Assert.Contains($"the columns may be separated by {says}. Use one of them throughout", error.Message);
    }

    /// <summary>The mood alone does not decide where the path, or a number, is wanted too.</summary>
    [Theory]
    [InlineData("a,mood,b;path;mood\n1,2,3;b.mp3;happy\n2,3,4;c.mp3;sad\n", new[] { "happy", "sad" })]
    public void The_separator_is_the_one_that_makes_most_of_the_columns_wanted(string text, string[] moods)
    {
        Audio("b.mp3", "c.mp3");
        Assert.Equal(moods, LabelledSongs.Read(_folder.Write("l.csv", text)).Moods);
    }

    [Theory]
    [InlineData("mood;energy;tempo\na;0,71;131,344\nb;-1,5e1;97\n", 0.71f, 131.344f, -15f, 97f)]
    [InlineData("mood\tenergy\ttempo\na\t0,711\t1,234\nb\t2\t3\n", 0.711f, 1.234f, 2f, 3f)] // 0,711 cannot be 711
    [InlineData("mood;energy;tempo\na;0.71;1.234\nb;2;3\n", 0.71f, 1.234f, 2f, 3f)]
    [InlineData("mood,energy,tempo\na,0.71,1.234\nb,2,3\n", 0.71f, 1.234f, 2f, 3f)]
    public void Numbers_are_read_with_the_files_decimal_sign(string text, params float[] expected)
    {
        Assert.Equal(expected, Numbers(text).Songs.SelectMany(song => song.Features));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            var format = CultureInfo.CurrentCulture.NumberFormat;
            (format.NumberDecimalSeparator, format.NumberGroupSeparator) = (",", ".");
            Assert.Equal(0.71f, float.Parse("0,71")); // a machine that writes decimal commas
            Assert.Equal(expected, Numbers(text).Songs.SelectMany(song => song.Features));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("mood,energy,tempo\na,\"0,71\",1\nb,0.5,2\n", 2, "energy", "'0,71' is not a number with a decimal point")]
    [InlineData("mood,energy,tempo\na,\"1,234\",1\nb,0.5,2\n", 2, "energy", "'1,234' is not a number with a decimal point")]
    [InlineData("mood;energy;tempo\na;1;1,234\nb;2;12,345\n", 2, "tempo", "'1,234' may have a decimal comma or one between thousands")]
    [InlineData("mood;energy;tempo\na;0.5;1\nb;0,71;2\n", 3, "energy", "'0,71' has a comma, while '0.5' on line 2 has a point")]
    [InlineData("mood;energy;tempo\na;0,5;1\nb;0.71;2\n", 2, "energy", "'0,5' has a comma, while '0.71' on line 3 has a point")]
    [InlineData("mood;energy;tempo\na;1.234,5;1\nb;2;3\n", 2, "energy", "'1.234,5' has a comma and a point")]
    [InlineData("mood;energy;tempo\na;0,5;1,234,567\nb;2;3\n", 2, "tempo", "'1,234,567' is not a finite number")]
    public void A_comma_that_may_mean_something_else_is_refused(string text, int line, string column, string says)
    {
        var error = Assert.Throws<LabelledDataException>(() => Numbers(text));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(says, error.Message);
    }

    [Theory]
    [InlineData("happy,Happy,HAPPY,Happy,sad", "Happy", "'happy' and 'HAPPY' are read as 'Happy'")]
    [InlineData("Happy,happy,sad", "Happy", "'happy' is read as 'Happy'")] // as frequent: the first
    [InlineData("very  calm,very calm ,Very\u00A0Calm,very calm,sad", "very calm",
        "'very  calm' and 'Very\u00A0Calm' are read as 'very calm'")]
    [InlineData("Tr\u00E4ge,Tra\u0308ge,sad", "Tr\u00E4ge", "'Tra\u0308ge' is read as 'Tr\u00E4ge'")] // a Mac's name of a folder
    public void Moods_that_differ_only_in_case_or_blanks_are_one(string moods, string stays, string says)
    {
        var csv = _folder.Write("l.csv", "mood\n" + string.Concat(moods.Split(',').Select(mood => $"\"{mood}\"\n")));
        var songs = LabelledSongs.Read(csv, new() { RequireAudio = false });
        Assert.Equal([.. Enumerable.Repeat(stays, songs.Songs.Count - 1), "sad"], songs.Songs.Select(song => song.Mood));
        Assert.Contains(says, Assert.Single(songs.Remarks));
    }

    [Fact]
    public void Moods_that_differ_in_more_stay_apart_and_nothing_is_said()
    {
        var csv = _folder.Write("l.csv", "mood\nverycalm\nvery calm\ntriste\ntristé\n");
        var songs = LabelledSongs.Read(csv, new() { RequireAudio = false });
        Assert.Equal(4, songs.Moods.Count);
        Assert.Empty(songs.Remarks);
    }

    [Fact]
    public void One_mood_in_two_spellings_is_too_few()
    {
        var csv = _folder.Write("l.csv", "mood\na\nA\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { RequireAudio = false }));
        Assert.Contains("all 2 songs have the mood 'a'", error.Message);
    }

    [Fact]
    public void A_path_with_two_moods_is_an_error_that_names_both_lines()
    {
        Audio("x/a.mp3", "b.mp3");
        var csv = _folder.Write("l.csv", "path,mood\nx/a.mp3,happy\nb.mp3,sad\n./x/../x/a.mp3,sad\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv));
        Assert.Equal((4, "mood"), (error.Line, error.Column));
        Assert.Contains("is 'sad' here and 'happy' on line 2", error.Message);
    }

    [Fact]
    public void A_path_twice_with_one_mood_counts_once_and_is_said()
    {
        Audio("a.mp3", "b.mp3");
        var csv = _folder.Write("l.csv", "path,mood\na.mp3,happy\nb.mp3,sad\n./a.mp3,Happy\n");
        var songs = LabelledSongs.Read(csv);
        Assert.Equal([2, 3], songs.Songs.Select(song => song.Line));
        Assert.Contains("Rows that say a song again are left out: 1 of 3 (line 4 says the song of line 2)", songs.Remarks[^1]);
        // Two parts of one song, each with numbers of its own, are two rows to learn from.
        csv = _folder.Write("n.csv", "path,mood,tempo\na.mp3,happy,1\na.mp3,happy,2\na.mp3,happy,1\nb.mp3,sad,1\n");
        Assert.Equal([2, 3, 5], LabelledSongs.Read(csv, new() { FeatureColumns = ["tempo"] }).Songs.Select(song => song.Line));
    }

    [Fact]
    public void All_faults_are_told_at_once_the_first_ten_in_words()
    {
        Audio("a.mp3");
        var rows = Enumerable.Range(0, 9).Select(i => $"gone{i}.mp3,happy,1\n");
        var csv = _folder.Write("l.csv", "path,mood,tempo\na.mp3,,fast\na.mp3,sad\n" + string.Concat(rows) + "a.mp3,sad,fast\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { FeatureColumns = ["tempo"] }));
        Assert.Equal(13, error.Faults.Count);
        Assert.Equal([2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], error.Faults.Select(fault => fault.Line!.Value));
        Assert.Equal((2, "mood"), (error.Line, error.Column));
        var lines = error.Message.Split('\n');
        Assert.Equal($"{csv}: 13 faults:", lines[0]);
        Assert.Equal("  line 2, column 'mood': the cell is empty", lines[1]);
        Assert.Equal("  line 2, column 'tempo': 'fast' is not a finite number", lines[2]); // of the same row
        Assert.Equal("  line 3: the row has 2 cells, the header 3", lines[3]);
        Assert.Equal($"  line 4, column 'path': there is no file {_folder.File("gone0.mp3")}", lines[4]);
        Assert.Equal("  and 3 more", lines[11]);
        string[] advice = ["Fill empty cells", "Quote cells that", "Mend the numbers", "Paths are relative"]; // a line each
        Assert.Equal(12 + advice.Length, lines.Length);
        Assert.All(advice.Zip(lines[12..]), pair => Assert.StartsWith(pair.First, pair.Second));
    }

    /// <summary>Who looks for the path in the file must find it there, whatever this system makes of it.</summary>
    [Fact]
    public void A_missing_path_is_told_as_it_stands_in_the_file_too()
    {
        Audio("a.mp3");
        var csv = _folder.Write("l.csv",
            "path,mood\na.mp3,happy\nC:\\music\\x.mp3,sad\nd:/y.mp3,sad\nsub\\z.mp3,sad\n../w.mp3,sad\nsub/v.mp3,sad\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv));
        string[] written = [@"C:\music\x.mp3", "d:/y.mp3", @"sub\z.mp3", "../w.mp3", "sub/v.mp3"];
        Assert.Equal(written.Length, error.Faults.Count);
        Assert.All(error.Faults.Zip(written), pair => Assert.Contains(pair.Second, pair.First.Problem));
        Assert.Equal($"there is no file {_folder.File("sub/v.mp3")}", error.Faults[^1].Problem); // not twice
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal($@"there is no file {_folder.File("C:/music/x.mp3")} (written as C:\music\x.mp3)", error.Faults[0].Problem);
        Assert.Contains("Drives such as C: are on Windows alone.", error.Message);
    }

    [Theory]
    [InlineData("file,label")]
    [InlineData("FileName, Emotion")]
    [InlineData("path,emotion")]
    public void Other_names_of_the_columns_are_known(string header)
    {
        Audio("a.mp3", "b.mp3");
        var songs = LabelledSongs.Read(_folder.Write("l.csv", header + "\na.mp3,happy\nb.mp3,sad\n"));
        Assert.Equal(["happy", "sad"], songs.Moods);
        Assert.Equal(_folder.File("b.mp3"), songs.Songs[1].AudioPath);
    }

    [Fact]
    public void The_own_name_of_a_column_comes_first_and_two_others_are_an_error()
    {
        Audio("a.mp3", "b.mp3");
        var both = _folder.Write("l.csv", "label,file,mood,path\n1,x,happy,a.mp3\n1,x,sad,b.mp3\n");
        Assert.Equal(["happy", "sad"], LabelledSongs.Read(both).Moods);
        var error = Assert.Throws<LabelledDataException>(
            () => LabelledSongs.Read(_folder.Write("l.csv", "path,label,Emotion\na.mp3,happy,x\nb.mp3,sad,x\n")));
        Assert.Equal("mood", error.Column);
        Assert.Contains("'label' and 'Emotion' may both be meant", error.Message);
        error = Assert.Throws<LabelledDataException>(
            () => LabelledSongs.Read(_folder.Write("l.csv", "mood,file,filename\nhappy,a.mp3,b.mp3\n")));
        Assert.Contains("'file' and 'filename' may both be meant", error.Message);
    }

    [Fact]
    public void Backslashes_are_slashes_where_no_file_has_them_in_its_name()
    {
        Audio("x/y/a.mp3", "x/y/b.mp3");
        var songs = LabelledSongs.Read(_folder.Write("l.csv", "path,mood\nx\\y\\a.mp3,happy\n.\\x\\y\\b.mp3,sad\n"));
        Assert.Equal([_folder.File("x/y/a.mp3"), _folder.File("x/y/b.mp3")], songs.Songs.Select(song => song.AudioPath));
        if (OperatingSystem.IsWindows())
            return;
        Audio("x\\y\\a.mp3"); // a name like any other here
        Assert.Equal(_folder.File("x\\y\\a.mp3"), LabelledSongs.Read(_folder.File("l.csv")).Songs[0].AudioPath);
    }

    [Fact]
    public void Rows_of_nothing_and_line_ends_of_every_kind_are_passed_over()
    {
        Audio("a.mp3", "b.mp3");
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            string[] lines = ["\uFEFFpath;mood;x", "a.mp3;happy;", ";;", "", "b.mp3;sad;1", " ; ;", "  ", "", ""];
            var songs = LabelledSongs.Read(_folder.Write("l.csv", string.Join(end, lines)));
            Assert.Equal([("happy", 2), ("sad", 5)], songs.Songs.Select(song => (song.Mood, song.Line!.Value)));
        }
    }

    [Fact]
    public void Utf16_with_its_mark_is_read_and_what_is_no_Utf8_is_refused_with_its_line()
    {
        var text = "path\tmood\tartist\na.mp3\thappy\tBjörk\nb.mp3\tsad\tx\n";
        Audio("a.mp3", "b.mp3");
        var csv = _folder.Write("l.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]);
        Assert.Equal("Björk", LabelledSongs.Read(csv).Songs[0].Group);
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(_folder.Write("l.csv", Encoding.Latin1.GetBytes(text))));
        Assert.Equal(2, error.Line);
        Assert.Contains("UTF-8", error.Message);
    }

    [Fact]
    public void Utf16_without_its_mark_is_named()
    {
        var csv = _folder.Write("l.csv", Encoding.Unicode.GetBytes("path,mood\na.mp3,happy\nb.mp3,sad\n"));
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv));
        Assert.Equal(1, error.Line);
        Assert.Contains("as UTF-16 without a byte order mark has. Save the file as UTF-8.", error.Message);
    }

    [Theory]
    [InlineData("s\u001b[31mad", "U+001B")]
    [InlineData("\"s\nad\"", "U+000A")]
    public void A_mood_with_a_character_that_cannot_be_shown_is_refused(string mood, string says)
    {
        var csv = _folder.Write("l.csv", $"mood\nhappy\n{mood}\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { RequireAudio = false }));
        Assert.Equal((3, "mood"), (error.Line, error.Column));
        Assert.Contains(says, error.Message);
    }

    private LabelledSongs Numbers(string text) =>
        LabelledSongs.Read(_folder.Write("n.csv", text), new() { RequireAudio = false, FeatureColumns = ["energy", "tempo"] });

    private void Audio(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "only its being there counts");
    }
}
