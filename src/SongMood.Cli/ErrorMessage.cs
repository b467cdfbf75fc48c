using SongMood.Learning;

namespace SongMood.Cli;

internal static class ErrorMessage
{
    /// <summary>
    /// The message of an error in the words of the command line. What was not meant to be read is looked at with --verbose.
    /// </summary>
    public static string Of(Exception error)
    {
        var text = ErrorText.Of(error, CommandLineTerms.Names);
        return ErrorText.IsMeantToBeRead(error) ? text : $"{text} (--verbose shows where)";
    }
}
