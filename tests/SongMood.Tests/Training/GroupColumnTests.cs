using Microsoft.ML;
using SongMood.Evaluation;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Training;

/// <summary>Which rows a column makes one group of.</summary>
[Collection(nameof(Torch))]
public sealed class GroupColumnTests
{
    private readonly MLContext _ml = new(1);

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Single { get; set; }

        public double Double { get; set; }

        public int Whole { get; set; }

        public DateTime Time { get; set; }
    }

    [Fact]
    public void Text_goes_by_what_it_means_and_blank_text_is_no_group() => Assert.Equal(
        "0,2 1 3 4", Units("Text", Text("Beyoncé", "", " BEYONCE ", " ", "Queen")));

    [Fact]
    public void A_key_goes_by_its_text_and_a_missing_one_is_no_group()
    {
        // Two keys of one name: the key's numbers differ.
        var keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(Text("Beyoncé", "BEYONCE", "Queen"));
        var rows = keys.Transform(Text("Beyoncé", "unknown", "BEYONCE", "Queen", "unknown", "Queen"));
        Assert.Equal("0,2 1 3,5 4", Units("Key", rows));
        // Without key values the numbers are all there is.
        var hashes = _ml.Transforms.Conversion.Hash("Hash", "Text").Fit(rows);
        Assert.Equal("0 1 2 3,5 4", Units("Hash", hashes.Transform(Text("a", "A", " ", "b", "c", "b"))));
    }

    [Fact]
    public void A_number_goes_by_its_value_and_NaN_is_no_group()
    {
        Assert.Equal("0,3 1 2 4,5", Units("Single", Rows(new() { Single = 2 }, new() { Single = float.NaN }, new() { Single = float.NaN },
            new() { Single = 2 }, new() { Single = 0 }, new() { Single = -0f })));
        Assert.Equal("0,3 1 2 4,5", Units("Double", Rows(new() { Double = 0.1 + 0.2 }, new() { Double = 0.3 },
            new() { Double = double.NaN }, new() { Double = 0.1 + 0.2 }, new() { Double = 0 }, new() { Double = -0d })));
        Assert.Equal("0,2 1", Units("Whole", Rows(new() { Whole = -7 }, new() { Whole = 7 }, new() { Whole = -7 })));
        Assert.Equal("0,2 1", Units("Time",
            Rows(new() { Time = new DateTime(1) }, new() { Time = new DateTime(2) }, new() { Time = new DateTime(1) })));
    }

    [Fact]
    public void Songs_without_artist_can_be_kept_for_validation()
    {
        var reports = new List<EpochReport>();
        var songs = Toy.Songs();
        foreach (var song in songs)
            song.Artist = " ";
        var options = new MlpOptions
        {
            HiddenSizes = [4],
            Epochs = 1,
            ValidationFraction = 0.25,
            ValidationGroupColumnName = "Artist",
            Progress = new MlpTrainerTests.Recorder(reports),
        };
        Toy.Pipeline(_ml, _ml.MulticlassClassification.Trainers.Mlp(options)).Fit(Toy.View(_ml, songs));
        Assert.NotNull(Assert.Single(reports).ValidationLoss);
    }

    private IDataView Text(params string[] names) => Rows([.. names.Select(name => new Row { Text = name })]);

    private IDataView Rows(params Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    /// <summary>The rows of each group, and those of none alone: "0,2 1" is rows 0 and 2 together.</summary>
    private static string Units(string column, IDataView rows)
    {
        using var cursor = rows.GetRowCursor([rows.Schema[column]]);
        var read = GroupColumn.Reader(cursor, rows.Schema[column]);
        var names = new List<string?>();
        while (cursor.MoveNext())
            names.Add(read());
        var units = GroupName.Units(Enumerable.Range(0, names.Count), row => names[row]);
        return string.Join(' ', units.Select(unit => string.Join(',', unit)));
    }
}
