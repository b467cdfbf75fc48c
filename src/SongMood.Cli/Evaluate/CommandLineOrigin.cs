using System.CommandLine;
using SongMood.Learning;

namespace SongMood.Cli.Evaluate;

/// <summary>A measurement that a command line asked for.</summary>
internal static class CommandLineOrigin
{
    /// <summary>The result, with the command that measures the same again, and in the words of the command line.</summary>
    public static EvaluationResult From(this EvaluationResult result, ParseResult parsed) => result with
    {
        Origin = result.Origin with
        {
            Command = "songmood " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value))),
            Terms = CommandLineTerms.Names,
        },
    };

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@%".Contains(letter))
            ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
