using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public sealed class AlteredCopiesTests : IDisposable
{
    private static readonly MoodLearningOptions Options = new() { Seconds = 1, AlteredCopies = 2, Inputs = SongInput.Embedding };

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Copies_are_learnt_from_beside_their_songs_and_never_measured()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 2));
        var plain = await FeatureTable.ComputeAsync(songs, Options with { AlteredCopies = 0 }, cancellation: Cancellation);
        var table = await FeatureTable.ComputeAsync(songs, Options, cancellation: Cancellation);
        Assert.Equal(Features(plain.View(_ml)), Features(table.View(_ml)));
        Assert.Equal(Features(plain.View(_ml)), Features(plain.LearntView(_ml)));

        var learnt = table.LearntView(_ml, [2, 0]);
        var rows = Features(learnt);
        Assert.Equal(6, rows.Length);
        Assert.Equal([table.Features[2], table.Features[0]], [rows[0], rows[3]]);
        Assert.All(new[] { 1, 2 }, copy => Assert.NotEqual(rows[0], rows[copy]));
        Assert.NotEqual(rows[1], rows[2]);
        Assert.Equal(learnt.GetColumn<uint>(FeatureTable.LabelColumn),
            Thrice(plain.View(_ml, [2, 0]).GetColumn<uint>(FeatureTable.LabelColumn)));
        Assert.Equal(learnt.GetColumn<string>(FeatureTable.GroupColumn),
            Thrice(plain.View(_ml, [2, 0]).GetColumn<string>(FeatureTable.GroupColumn)));
    }

    [Fact]
    public async Task The_seed_draws_the_copies()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1));
        var rows = await CopiesOf(Options);
        Assert.Equal(rows, await CopiesOf(Options));
        Assert.NotEqual(rows, await CopiesOf(Options with { Seed = 2 }));
        Assert.NotEqual(rows, await CopiesOf(Options with { Alterations = new() { CutPercent = 50 } }));

        async Task<float[][]> CopiesOf(MoodLearningOptions options) =>
            Features((await FeatureTable.ComputeAsync(songs, options, cancellation: Cancellation)).LearntView(_ml));
    }

    [Fact]
    public async Task A_song_without_a_group_and_its_copies_are_one_group()
    {
        var wav = ToneFiles.Wav(440, seconds: 1);
        foreach (var song in new[] { "high/1", "high/2", "low/1" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(song))!);
            await File.WriteAllBytesAsync(_folder.File(song + ".wav"), wav, Cancellation);
        }
        var songs = LabelledSongs.FromFolders(_folder.Path);
        Assert.All(songs.Songs, song => Assert.True(string.IsNullOrWhiteSpace(song.Group)));
        var table = await FeatureTable.ComputeAsync(songs, Options, cancellation: Cancellation);
        string[] groups = [.. table.LearntView(_ml).GetColumn<string>(FeatureTable.GroupColumn)];
        Assert.Equal(9, groups.Length);
        Assert.Equal([3, 3, 3], groups.GroupBy(group => GroupName.Key(group)).Select(group => group.Count()));
    }

    [Fact]
    public async Task What_was_heard_with_other_copies_is_not_learnt_from()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1));
        var learning = new MoodLearning(songs, Options);
        await learning.PrepareAsync(cancellation: Cancellation);
        Assert.Equal(3, learning.With(Options with { Epochs = 3 }).Options.Epochs);
        foreach (var other in new[]
        {
            Options with { AlteredCopies = 1 }, Options with { Seed = 2 }, Options with { Alterations = new() { GainDb = 1 } },
        })
            Assert.Contains("AlteredCopies", Assert.Throws<MoodLearningException>(() => learning.With(other)).Message);
    }

    [Fact]
    public async Task The_tool_augments_and_says_so_in_its_report()
    {
        var labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 4);
        var json = _folder.File("report.json");
        var tool = await Tool.RunAsync("evaluate", "--data", labels, "--inputs", "embedding", "--augment", "1", "--seconds", "1",
            "--cross-validate", "2", "--epochs", "5", "--json", json);
        Assert.True(tool.ExitCode == 0, tool.Error);
        Assert.Contains("\"altered copies\": \"1\"", await File.ReadAllTextAsync(json, Cancellation));
        var refused = await Tool.RunAsync("train", "--data", labels, "--columns", "a", "--augment", "1", "--model", _folder.File("m.zip"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("--augment is for audio and --columns for the label file's numbers", refused.Error);
    }

    private static float[][] Features(IDataView rows) => [.. rows.GetColumn<float[]>(LearningRecipe.FeatureColumn)];

    private static IEnumerable<T> Thrice<T>(IEnumerable<T> values) => values.SelectMany(value => Enumerable.Repeat(value, 3));
}
