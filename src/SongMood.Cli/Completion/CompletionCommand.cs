using System.CommandLine;
using SongMood.Cli.Help;

namespace SongMood.Cli.Completion;

/// <summary>
/// <c>songmood completion</c>: what makes a shell complete the tool's commands, options and values. It asks the tool itself, by
/// System.CommandLine's directive <c>[suggest:POSITION]</c>, which <c>dotnet-suggest</c> uses too; files are completed by the shell.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # songmood completion: source <(songmood completion)
        _songmood() {
            local word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(songmood "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | tr '\n' ' ')" -- "$word"))
        }
        complete -o default -F _songmood songmood
        """;

    public static Command Create(ToolConsole console)
    {
        var command = new ToolCommand("completion", "Print what makes bash complete songmood's commands, options and values.")
        {
            Help = new CommandHelp
            {
                Examples =
                [
                    ("source <(songmood completion)", "in this shell"),
                    ("echo 'source <(songmood completion)' >> ~/.bashrc", "in every new one"),
                ],
            },
        };
        command.SetAction(_ => console.Out.WriteLine(Bash));
        return command;
    }
}
