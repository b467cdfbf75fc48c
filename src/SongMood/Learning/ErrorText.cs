namespace SongMood.Learning;

/// <summary>Errors in one line.</summary>
internal static class ErrorText
{
    /// <summary>
    /// The message of an error that was meant to be read; an error of another kind is named, too, which is what a bug report needs.
    /// </summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="names">What the reader calls the options; null for the library's names.</param>
    public static string Of(Exception error, IReadOnlyDictionary<Term, string>? names = null) => error switch
    {
        AggregateException { InnerException: { } first } => Of(first, names),
        IHasTerms said when names is not null => said.Text.ToString(names),
        _ => IsMeantToBeRead(error) ? error.Message : $"{error.GetType().Name}: {error.Message}",
    };

    /// <summary>Whether the message is for whoever gave the input, as all of SongMood's own are.</summary>
    public static bool IsMeantToBeRead(Exception error) => error is AggregateException { InnerException: { } first }
        ? IsMeantToBeRead(first)
        : error is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or ArgumentException
            or InvalidOperationException;
}
