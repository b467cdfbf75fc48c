using System.CommandLine;

namespace SongMood.Cli.Help;

/// <summary>
/// What a person types: <see cref="RootCommand"/> takes its name from the file that runs, which may be dotnet or a test.
/// </summary>
internal static class ToolName
{
    public const string Root = "songmood";

    /// <summary>Such as "songmood train".</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : Root;
}
