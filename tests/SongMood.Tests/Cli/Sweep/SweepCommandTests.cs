using System.Globalization;
using System.Text.Json.Nodes;
using SongMood.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli.Sweep;

[Collection(nameof(Torch))]
public sealed class SweepCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _labels;
    private readonly string _out;

    public SweepCommandTests()
    {
        _labels = WriteLabels("labels.csv", seed: 3);
        _out = _folder.File("table.csv");
    }

    public void Dispose() => _folder.Dispose();

    private string Journal => _out + ".trials.jsonl";

    /// <summary>Three moods that two of three columns tell apart, but for some noise.</summary>
    private string WriteLabels(string name, int seed)
    {
        var random = new Random(seed);
        return _folder.Write(name, "mood,artist,a,b,c\n" + string.Concat(Enumerable.Range(0, 90).Select(Line)));

        string Line(int i)
        {
            var (a, b, c) = (i % 3 + random.NextDouble(), random.NextDouble(), 1.5 * random.NextDouble() - i % 3);
            return FormattableString.Invariant($"mood {i % 3},artist {i % 11},{a:F3},{b:F3},{c:F3}\n");
        }
    }

    private string[] Options(params string[] more) =>
        ["--data", _labels, "--columns", "a,b,c", "--batch", "16", "--cross-validate", "3",
            .. more.Contains("--jobs") ? [] : new[] { "--jobs", "1" }, .. more];

    private Task<Tool> SweepAsync(params string[] more) => Tool.RunAsync(["sweep", "--out", _out, .. Options(more)]);

    private async Task<Dictionary<string, string>[]> DoneAsync(params string[] more)
    {
        var run = await SweepAsync(more);
        Assert.True(run.ExitCode == 0, run.Error);
        return Table();
    }

    private Dictionary<string, string>[] Table()
    {
        var lines = File.ReadAllLines(_out);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>All but the times.</summary>
    private static IEnumerable<string> Figures(Dictionary<string, string>[] table) =>
        table.Select(row => string.Join(';', row.Where(cell => cell.Key != "seconds").Select(cell => $"{cell.Key}={cell.Value}")));

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_grid_tries_all_sorts_them_and_measures_as_evaluate_does()
    {
        var run = await SweepAsync("--learning-rate", "1e-4,1e-2,1e30", "--hidden", "16,8x4", "--epochs", "4", "--seed", "5");
        Assert.True(run.ExitCode == 0, run.Error);
        var table = Table();
        Assert.Equal(6, table.Select(row => (row["learning rate"], row["hidden"])).Distinct().Count());
        var measured = table.Where(row => row["error"] == "").ToArray();
        Assert.Equal(4, measured.Length);
        Assert.Equal(measured.Select(row => Number(row, "accuracy")).OrderDescending(), measured.Select(row => Number(row, "accuracy")));
        Assert.All(measured, row => Assert.InRange(Number(row, "accuracy"), Number(row, "lowest fold"), Number(row, "highest fold")));

        // What diverged is a row that says so, at the end, and the sweep went on.
        Assert.All(table.TakeLast(2), row => Assert.Equal(("1E+30", ""), (row["learning rate"], row["accuracy"])));
        Assert.All(table.TakeLast(2), row => Assert.Contains("Training diverged", row["error"]));
        Assert.Contains("failed: Training diverged", run.Out);

        var best = table[0];
        Assert.Contains($"The best: --learning-rate {best["learning rate"]} --batch 16 --hidden {best["hidden"]} --epochs 4", run.Error);
        var json = _folder.File("best.json");
        var evaluated =
            await Tool.RunAsync(
            ["evaluate", "--data", _labels, "--columns", "a,b,c", "--batch", "16", "--cross-validate", "3", "--epochs", "4",
            "--seed", "5", "--learning-rate", best["learning rate"], "--hidden", best["hidden"], "--json", json]);
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        Assert.Equal(((double)figures["accuracy"]!, (double)figures["logLoss"]!, (double)figures["macroF1"]!),
            (Number(best, "accuracy"), Number(best, "log-loss"), Number(best, "macro F1")));
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_trials_and_gives_the_same_table_for_any_number_of_jobs()
    {
        string[] random = ["--strategy", "random", "--trials", "5", "--learning-rate", "1e-3..1e-1", "--hidden", "8,16,8x8", "--dropout",
            "0..0.5", "--epochs", "2"];
        var first = await DoneAsync([.. random, "--seed", "7"]);
        Assert.Equal(5, first.Length);
        Assert.All(first, row => Assert.InRange(Number(row, "learning rate"), 1e-3, 1e-1));
        Assert.All(first, row => Assert.InRange(Number(row, "dropout"), 0, 0.5));
        Assert.Equal(5, first.Select(row => row["learning rate"]).Distinct().Count());

        File.Delete(Journal);
        Assert.Equal(Figures(first), Figures(await DoneAsync([.. random, "--seed", "7", "--jobs", "2"])));
    }

    [Fact]
    public async Task What_is_done_is_not_done_again_after_a_kill_in_the_middle_of_a_line()
    {
        string[] sweep = ["--learning-rate", "1e-3,1e-2,2e-2", "--dropout", "0,0.3", "--epochs", "3"];
        var whole = await DoneAsync(sweep);
        var lines = File.ReadAllLines(Journal);
        Assert.Equal(1 + 6, lines.Length);

        File.WriteAllText(Journal, string.Join('\n', lines[..4]) + "\n" + lines[4][..20]);
        File.Delete(_out);
        var again = await SweepAsync(sweep);
        Assert.Contains("3 of 6 trainings done before", again.Error);
        Assert.Equal(Figures(whole), Figures(Table()));
        Assert.Equal(lines[..4], File.ReadAllLines(Journal)[..4]);
        Assert.Equal(1 + 6, File.ReadAllLines(Journal).Length);

        Assert.Contains("6 of 6 trainings done before", (await SweepAsync(sweep)).Error);
        File.WriteAllText(Journal, lines[0][..30]);
        Assert.Contains("0 of 6 trainings done before", (await SweepAsync(sweep)).Error);
    }

    [Fact]
    public async Task Halving_trains_those_for_longer_that_were_best_in_the_round_before()
    {
        string[] values = ["--learning-rate", "1e-5,1e-3,1e-2", "--hidden", "4,8,16"];
        var run = await SweepAsync([.. values, "--strategy", "halving", "--eta", "3", "--epochs", "9"]);
        Assert.True(run.ExitCode == 0, run.Error);
        var table = Table();
        Assert.Equal(["9", "3", "3", "1", "1", "1", "1", "1", "1"], table.Select(row => row["epochs"]));
        Assert.Equal(1 + 9 + 3 + 1, File.ReadAllLines(Journal).Length);

        async Task<IEnumerable<string>> BestOfGridAsync(string epochs, int count, IEnumerable<string> among)
        {
            File.Delete(Journal);
            return [.. (await DoneAsync([.. values, "--epochs", epochs])).Select(row => row["trial"]).Where(among.Contains).Take(count)];
        }
        var all = table.Select(row => row["trial"]).ToArray();
        var second = await BestOfGridAsync("1", 3, all);
        Assert.Equal(second.Order(), table.Take(3).Select(row => row["trial"]).Order());
        Assert.Equal(await BestOfGridAsync("3", 1, second), [table[0]["trial"]]);
    }

    [Fact]
    public async Task Songs_are_heard_once_and_a_share_can_be_held_out()
    {
        var songs = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 5);
        string[] sweep = ["sweep", "--data", songs, "--out", _out, "--inputs", "mel", "--network", "gru", "--seconds", "1", "--crop-frames",
            "16", "--hold-out", "0.4",
            "--epochs", "2", "--batch", "4", "--hidden", "4,8", "--layers", "1,2", "--jobs", "2"];
        var first = await Tool.RunAsync(sweep);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains($"Wrote {_out}.features.idv", first.Error);
        Assert.Contains("40 % held out", first.Out);
        Assert.Equal(4, Table().Length);
        Assert.All(Table(), row => Assert.Equal(row["lowest fold"], row["highest fold"]));

        Directory.Move(_folder.File("songs"), _folder.File("moved")); // nothing can be decoded
        File.Delete(Journal);
        var second = await Tool.RunAsync([.. sweep, "--features", _out + ".features.idv"]);
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(4, Table().Length);
    }

    [Fact]
    public async Task A_journal_of_another_sweep_or_of_none_is_refused()
    {
        string[] sweep = ["--learning-rate", "1e-2,1e-3", "--epochs", "1"];
        await DoneAsync(sweep);
        (await SweepAsync("--learning-rate", "1e-2,1e-4", "--epochs", "1"))
            .AssertFailed(Journal, "another sweep", "learning rate is 0.01,0.001 there and 0.01,0.0001 here");
        (await SweepAsync([.. sweep, "--seed", "2"])).AssertFailed("seed is 1 there and 2 here");
        (await SweepAsync([.. sweep, "--weight-decay", "0.1"])).AssertFailed("weight decay is not given there and 0.1 here");
        var labels = await File.ReadAllTextAsync(_labels, TestContext.Current.CancellationToken);
        File.WriteAllText(_labels, labels.Replace("mood 2,artist 2,", "mood 1,artist 2,"));
        (await SweepAsync(sweep)).AssertFailed("another sweep", "songs is ");
        File.WriteAllText(_labels, labels);

        foreach (var text in new[] { "Dear diary", "Dear diary\n", "{}\nDear diary\n", File.ReadLines(Journal).First()
            + "\n{\"trial\":1}\n" })
        {
            File.WriteAllText(Journal, text);
            (await SweepAsync(sweep)).AssertFailed(Journal);
            Assert.Equal(text, await File.ReadAllTextAsync(Journal, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Cancelling_keeps_what_is_done_and_the_same_command_goes_on()
    {
        string[] sweep = ["--learning-rate", "1e-3,1e-2", "--epochs", "3", "--hidden", "8,16"];
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter(" epochs: accuracy ", stop);
        var running = SongMoodTool.RunAsync(["sweep", "--out", _out, "--verbose", .. Options(sweep)],
            new ToolConsole(TextWriter.Null, error), stop.Token);
        Assert.Equal(130, await running);
        Assert.Contains("of 4 trainings done; the same command goes on from there", error.ToString());
        Assert.False(File.Exists(_out));
        var done = File.ReadLines(Journal).Count() - 1;
        Assert.InRange(done, 1, 3);
        var again = await SweepAsync(sweep);
        Assert.Contains($"{done} of 4 trainings done before", again.Error);
        Assert.Equal(4, Table().Count(row => row["error"] == ""));
    }

    [Theory]
    [InlineData("--learning-rate a,b", "--learning-rate 'a,b': 'a' is not a number above 0")]
    [InlineData("--learning-rate 1e-3,-1e-3", "'-1e-3' is not a number above 0")]
    [InlineData("--learning-rate 1e-3,0.001", "has 0.001 2 times")]
    [InlineData("--learning-rate 1e-3,", "'' is not a number above 0")]
    [InlineData("--learning-rate nan", "'nan' is not")]
    [InlineData("--batch 16,1.5", "--batch '16,1.5': '1.5' is not a whole number above 0")]
    [InlineData("--hidden 16,8x", "--hidden '16,8x': '8x' is not sizes above 0 with x between them")]
    [InlineData("--hidden 8..16", "--hidden takes a list, such as 128,256x64")]
    [InlineData("--dropout 0.5,1", "'1' is not a number from 0 to below 1")]
    [InlineData("--learning-rate 1e-2..1e-4 --strategy random --trials 3", "the first end of a range must be the lower one")]
    [InlineData("--weight-decay 0..1 --strategy random --trials 3", "both ends must be above 0")]
    [InlineData("--learning-rate 1e-4..1e-2", "--learning-rate 0.0001..0.01 is a range", "--strategy random --trials N")]
    [InlineData("--learning-rate 1e-4..1e-2 --strategy random", "--strategy random needs --trials N")]
    [InlineData("--learning-rate 1e-4..1e-2 --strategy halving", "say how often with --trials N")]
    [InlineData("--learning-rate 1e-4,1e-2 --strategy random --trials 3", "only 2 combinations")]
    [InlineData("--layers 1..2 --strategy random --trials 3", "hardly more than 2 different trials")]
    [InlineData("--learning-rate 1e-4,1e-2 --trials 3", "a grid tries every combination")]
    [InlineData("--learning-rate 1e-4,1e-2 --eta 3", "--eta is for --strategy halving, not grid")]
    [InlineData("--learning-rate 1e-4,1e-2 --least-epochs 3", "--least-epochs is for --strategy halving, not grid")]
    [InlineData("--learning-rate 1e-4,1e-2 --strategy halving --eta 1", "--eta is 1; expected a whole number, 2 or more")]
    [InlineData("--learning-rate 1e-4 --strategy guess", "guess", "halving")]
    [InlineData("--epochs 3", "nothing to sweep over", "--learning-rate, --batch, --hidden")]
    [InlineData("--layers 1,2", "Trial 1 (layers 1) cannot be: --layers is for rnn")]
    [InlineData("--batch 4,1", "Trial 2 (batch 1) cannot be", "BatchSize is 1")]
    [InlineData("--dropout 0,0.1 --network lstm", "--network lstm hears one frame after the other")]
    [InlineData("--dropout 0,0.1 --hold-out 1", "--hold-out is 1; expected more than 0 and less than 1")]
    [InlineData("--dropout 0,0.1 --hold-out 0.5 --cross-validate 4", "leave one of them out")]
    [InlineData("--dropout 0,0.1 --jobs 0", "--jobs is 0; expected a whole number, 1 or more")]
    [InlineData("--dropout 0,0.1 --jobs x", "--jobs is x; expected a whole number, 1 or more")]
    [InlineData("--dropout 0,0.1 --jobs 1 --jobs 2", "--jobs")]
    [InlineData("--dropout 0,0.1 --cross-validate 40", "40")]
    [InlineData("--dropout 0,0.1 --inputs both", "leave one of the two out")]
    public async Task What_is_no_sweep_is_refused(string options, params string[] says)
    {
        var run = await Tool.RunAsync(["sweep", "--out", _out, "--data", _labels, "--columns", "a,b,c", .. options.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.DoesNotContain("   at ", run.Error);
        foreach (var text in says)
            Assert.Contains(text, run.Error);
        Assert.False(File.Exists(_out));
    }
}
