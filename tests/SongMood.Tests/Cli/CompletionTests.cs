using System.Diagnostics;

namespace SongMood.Tests.Cli;

/// <summary>Shells complete what the tool knows.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("songmood tra", "train")]
    [InlineData("songmood evaluate --cross", "--cross-validate")]
    [InlineData("songmood train --network ls", "lstm")]
    [InlineData("songmood inspect --format j", "json")]
    public async Task The_tool_says_how_a_line_may_go_on(string line, string only)
    {
        var run = await Tool.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        // What has the letters elsewhere, such as "extract", comes too: the shell takes what begins with them.
        Assert.Equal(only, Assert.Single(run.OutLines, said => said.StartsWith(line.Split(' ')[^1])).Trim());
    }

    [Fact]
    public async Task Bash_completes_by_the_script()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        var script = _folder.Write("completion.bash", (await Tool.RunAsync("completion")).Out);
        // As bash calls it after a tab: the words, which of them, the line and the place in it; "songmood" is the tool that was built.
        var test = _folder.Write("test.bash", $$"""
            songmood() { dotnet "{{ToolProcess.Assembly}}" "$@"; }
            source "{{script}}"
            complete -p songmood
            COMP_LINE="songmood train --check"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(songmood train --check); COMP_CWORD=2
            _songmood
            echo "${COMPREPLY[*]}"
            COMP_LINE="songmood in"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(songmood in); COMP_CWORD=1
            _songmood
            echo "${COMPREPLY[*]}"
            """);
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["--norc", test]) { RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["complete -o default -F _songmood songmood", "--checkpoint", "index inspect"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
