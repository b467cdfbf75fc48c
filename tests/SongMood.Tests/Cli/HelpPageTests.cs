using System.Text.RegularExpressions;
using SongMood.Cli;

namespace SongMood.Tests.Cli;

/// <summary>Help by example, in groups, short where there is much.</summary>
public partial class HelpPageTests
{
    [Theory]
    [InlineData("train", "--layers", "Songs:", "Network:", "Training:", "Result:")]
    [InlineData("evaluate", "--layers", "What to measure", "Songs:", "Network:", "Training:", "Results:")]
    public async Task Help_is_short_and_all_of_it_is_a_step_away(string command, string rare, params string[] headings)
    {
        var (few, all) = (await Tool.RunAsync(command, "--help"), await Tool.RunAsync(command, "--help-all"));
        Assert.Equal((0, 0, "", ""), (few.ExitCode, all.ExitCode, few.Error, all.Error));
        Assert.DoesNotContain($" {rare} ", few.Out);
        Assert.Contains($" {rare} ", all.Out);
        Assert.Contains($"All options: songmood {command} --help-all", few.Out);
        Assert.DoesNotContain("All options:", all.Out);
        Assert.All(headings, heading => Assert.Contains($"\n{heading}", all.Out));
        var (shown, whole) = (Options(few), Options(all));
        Assert.True(shown.Length < whole.Length * 2 / 3, $"{shown.Length} of {whole.Length} options in short help");
        Assert.Equal(whole.Distinct(), whole);
        Assert.Superset(shown.ToHashSet(), whole.ToHashSet());
        // Completion knows the options from the parser; help must have each of them.
        var known = (await Tool.RunAsync($"[suggest:{command.Length + 12}]", $"songmood {command} --")).OutLines
            .Select(line => line.Trim());
        Assert.Equal(known.Where(option => option.StartsWith("--")).Order(), whole.Order());
    }

    [Fact]
    public async Task Examples_are_of_options_that_there_are_and_are_called_as_the_command_is()
    {
        var count = 0;
        var commands = Commands().Matches((await Tool.RunAsync("--help")).Out).Select(match => match.Groups[1].Value).ToArray();
        Assert.Superset(new HashSet<string> { "predict", "tag", "train", "evaluate", "completion" }, commands.ToHashSet());
        foreach (var command in commands)
        {
            var help = (await Tool.RunAsync(command, "--help-all")).Out;
            var examples = Examples().Matches(help).Select(match => match.Value.Trim()).ToArray();
            count += examples.Length;
            Assert.Equal(help.Contains("\nExamples:"), examples.Any(example => example.Contains($"songmood {command}")));
            foreach (var example in examples)
            {
                var called = Regex.Match(example, "songmood ([a-z-]+)").Groups[1].Value;
                var options = called == command ? Options(help) : Options(await Tool.RunAsync(called, "--help-all"));
                Assert.All(OptionNames().Matches(example), option => Assert.Contains(option.Value, options));
            }
        }
        Assert.True(count >= 22, $"{count} examples");
    }

    /// <summary>A command is looked for by its name before it is made: under another it would not be found.</summary>
    [Fact]
    public void Commands_have_the_names_by_which_they_are_looked_for()
    {
        var console = new ToolConsole(TextWriter.Null, TextWriter.Null);
        Assert.NotEmpty(SongMoodTool.Commands);
        foreach (var (name, create) in SongMoodTool.Commands)
        {
            Assert.Equal(name, create(console).Name);
            Assert.Equal([name], SongMoodTool.CreateRoot(console, [name, "--help"]).Subcommands.Select(command => command.Name));
        }
        Assert.Equal(SongMoodTool.Commands.Length, SongMoodTool.CreateRoot(console, ["--verbose", "predict"]).Subcommands.Count);
    }

    [Fact]
    public async Task Help_of_the_tool_names_its_commands_and_no_hidden_one()
    {
        var help = (await Tool.RunAsync("--help")).Out;
        Assert.Contains("songmood [command] [options]", help);
        foreach (var command in new[] { "predict", "tag", "train", "evaluate", "sweep", "inspect", "completion" })
            Assert.Matches($@"\n  {command} +[A-Z]", help);
        Assert.DoesNotContain("sweep-worker", help);
        Assert.Contains("--version", help);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task A_terminals_width_is_kept(int width)
    {
        using var output = new StringWriter();
        var code = await SongMoodTool.RunAsync(["train", "--help-all"],
            new ToolConsole(output, TextWriter.Null, outIsTerminal: true) { TerminalWidth = width }, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        var lines = output.ToString().Split('\n');
        Assert.True(lines.Length > 60, $"{lines.Length} lines");
        // Names and examples, which a person copies, are not broken; all else is.
        Assert.All(lines.Where(line => line.StartsWith("      ", StringComparison.Ordinal) && line.Trim().Contains(' ')),
            line => Assert.InRange(line.Length, 1, Math.Max(width, 60)));
    }

    private static string[] Options(Tool help) => Options(help.Out);

    private static string[] Options(string help) =>
        [.. help.Split('\n').Select(line => OptionOfLine().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^  ([a-z][a-z-]*) +[A-Z]", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"^  (?:-., )?(?:-., )*(--[a-z-]+)")]
    private static partial Regex OptionOfLine();

    [GeneratedRegex(@"^  [^-\n]*songmood [a-z]+.*\n      \S", RegexOptions.Multiline)]
    private static partial Regex Examples();

    [GeneratedRegex(@"(?<= )--[a-z][a-z-]*")]
    private static partial Regex OptionNames();
}
