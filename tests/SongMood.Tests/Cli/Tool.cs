using System.Globalization;
using System.Text.Json.Nodes;
using SongMood.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>Runs the tool inside the test, as a shell does whose output is a pipe.</summary>
internal sealed record Tool(int ExitCode, string Out, string Error)
{
    public static Task<Tool> RunAsync(params string[] args) => RunAsync(watched: false, args);

    /// <summary>As above, or as where a person watches both streams on a terminal.</summary>
    public static async Task<Tool> RunAsync(bool watched, params string[] args)
    {
        if (args is ["train" or "evaluate" or "sweep", ..] && !args.Any(arg => arg.StartsWith("--help")))
            Torch.AssertItsTurn();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // as Program does; it ends with this method
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code =
            await SongMoodTool.RunAsync(args, new ToolConsole(output, error, watched, watched), TestContext.Current.CancellationToken);
        return new Tool(code, output.ToString(), error.ToString());
    }

    public string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonObject[] JsonLines => [.. OutLines.Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>Checks that the command failed as a whole: one line that says what, no stack trace, no results.</summary>
    public void AssertFailed(params string[] says)
    {
        Assert.Equal(2, ExitCode);
        Assert.Empty(Out);
        Assert.StartsWith("songmood: ", Error);
        Assert.DoesNotContain("   at ", Error);
        foreach (var text in says)
            Assert.Contains(text, Error);
    }
}
