using System.CommandLine;

namespace SongMood.Cli.Help;

/// <summary>What a command's help shows beside what the command itself says.</summary>
internal sealed record CommandHelp
{
    /// <summary>Command lines that a person may copy, each with what it does.</summary>
    public IReadOnlyList<(string Line, string What)> Examples { get; init; } = [];

    /// <summary>The options under headings; those that are in none follow last. None: all stand together.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups { get; init; } = [];

    /// <summary>The options that <c>--help</c> shows, where only <c>--help-all</c> shows all; null where there are few.</summary>
    public IReadOnlyCollection<Option>? Basics { get; init; }
}

/// <summary>A command of the tool.</summary>
internal sealed class ToolCommand(string name, string description) : Command(name, description)
{
    public CommandHelp Help { get; set; } = new();

    /// <summary>Whether Ctrl-C is to leave what the command has by then, which takes it a while to write.</summary>
    public Func<ParseResult, bool> KeepsWhatThereIs { get; set; } = _ => false;
}
