using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;

namespace SongMood.Cli.Help;

/// <summary>
/// The help of a command: what it does, how it is called, examples, and its options under headings. System.CommandLine's own help has
/// neither headings nor examples.
/// </summary>
/// <param name="console">Where a terminal's width comes from.</param>
/// <param name="all">Whether to show all options, where a command's help shows a part of them.</param>
internal sealed class HelpPage(ToolConsole console, bool all) : SynchronousCommandLineAction
{
    /// <summary>The option that shows all options.</summary>
    public const string AllOption = "--help-all";

    /// <summary>A left column that is wider has its description on the next line.</summary>
    private const int WidestLabel = 34;

    /// <summary>Help is asked for, whatever else is wrong or missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.AllFine;
    }

    private void Write(Command command, TextWriter output)
    {
        var help = (command as ToolCommand)?.Help ?? new CommandHelp();
        var path = ToolName.PathOf(command);
        Section(output, "Description:", [(command.Description ?? "", "")], width: 0);
        Section(output, "Usage:", [(Usage(command, path), "")], width: 0);
        if (help.Examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var (line, what) in help.Examples)
            {
                output.WriteLine($"  {line}");
                WriteWrapped(output, what, indent: 6);
            }
            output.WriteLine();
        }
        Section(output, "Arguments:", [.. command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => ($"<{argument.Name}>", argument.Description ?? ""))]);
        Section(output, "Commands:", [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? ""))]);
        WriteOptions(command, help, output);
        if (!all && help.Basics is not null)
            output.WriteLine($"All options: {path} {AllOption}");
    }

    private void WriteOptions(Command command, CommandHelp help, TextWriter output)
    {
        var grouped = help.Groups.SelectMany(group => group.Options).ToHashSet();
        var rest = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options)
            .Where(option => option.Recursive)).Where(option => !grouped.Contains(option));
        foreach (var (title, options) in help.Groups.Append((grouped.Count > 0 ? "More" : "Options", [.. rest])))
            Section(output, title + ":", [.. options.Where(option => IsShown(option, help, isGrouped: grouped.Contains(option)))
                .Select(option => (Label(option), Description(option)))]);
    }

    private bool IsShown(Option option, CommandHelp help, bool isGrouped) => !option.Hidden
        && (option.Name != AllOption || help.Basics is not null)
        && (all || !isGrouped || help.Basics is null || help.Basics.Contains(option));

    private static string Usage(Command command, string path)
    {
        var needed = command.Options.Where(option => option.Required)
            .Select(option => $"{option.Name} {ValueOf(option)}");
        var arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
            $"{(argument.Arity.MinimumNumberOfValues == 0 ? $"[<{argument.Name}>]" : $"<{argument.Name}>")}"
            + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : ""));
        string[] sub = command.Subcommands.Count > 0 ? ["[command]"] : [];
        return string.Join(' ', [path, .. sub, .. arguments, .. needed, "[options]"]);
    }

    private static string Label(Option option)
    {
        var names = option.Aliases.Append(option.Name).Where(name => name[0] == '-')
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
        return $"{string.Join(", ", names)} {ValueOf(option)}".TrimEnd() + (option.Required ? " (REQUIRED)" : "");
    }

    private static string ValueOf(Option option)
    {
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) || option.ValueType == typeof(bool?))
            return "";
        var choices = option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToArray();
        return $"<{option.HelpName ?? (choices.Length > 0 ? string.Join('|', choices) : option.Name.TrimStart('-'))}>";
    }

    private static string Description(Option option) => option.Description
        + (option.HasDefaultValue && option.GetDefaultValue() is { } value and not false && $"{value}".Length > 0
            ? FormattableString.Invariant($" [default: {value}]") : "");

    /// <summary>A heading and two columns; nothing where there are no rows.</summary>
    private void Section(TextWriter output, string title, IReadOnlyList<(string Left, string Right)> rows, int? width = null)
    {
        if (rows.Count == 0)
            return;
        output.WriteLine(title);
        var left = width ?? Math.Min(WidestLabel, rows.Max(row => row.Left.Length));
        foreach (var row in rows)
        {
            if (row.Right.Length == 0)
                WriteWrapped(output, row.Left, indent: 2);
            else if (row.Left.Length <= left || console.OutWidth is null)
                WriteWrapped(output, row.Right, indent: left + 4, first: $"  {row.Left.PadRight(left)}  ");
            else
                WriteWrapped(output, row.Right, indent: left + 4, first: $"  {row.Left}\n{new string(' ', left + 4)}");
        }
        output.WriteLine();
    }

    /// <summary>Words in lines that the terminal has room for; one line where no terminal sets a width.</summary>
    private void WriteWrapped(TextWriter output, string text, int indent, string? first = null)
    {
        var room = Math.Max(20, (console.OutWidth ?? int.MaxValue) - indent - 1);
        var line = new System.Text.StringBuilder();
        output.Write(first ?? new string(' ', indent));
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                output.WriteLine(line);
                output.Write(new string(' ', indent));
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        output.WriteLine(line);
    }
}
