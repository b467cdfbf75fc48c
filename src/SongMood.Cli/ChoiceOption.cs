using System.CommandLine;

namespace SongMood.Cli;

/// <summary>
/// The options that take one of some words: the one place where the tool reads them. What System.CommandLine says of another word does
/// not name the option.
/// </summary>
internal static class ChoiceOption
{
    /// <summary>Lets an option take these words alone, which help and completion show.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words.</param>
    /// <param name="hint">A sentence more for who wrote another word; null, or a null from it, for none.</param>
    public static void AcceptOnly<T>(this Option<T> option, IReadOnlyList<string> words, Func<string, string?>? hint = null)
    {
        option.AcceptOnlyFromAmong([.. words]);
        option.Validators.Clear();
        option.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => !words.Contains(text, StringComparer.Ordinal)))
                result.AddError($"{option.Name} is {text}; expected {string.Join(", ", words.SkipLast(1))} or {words[^1]}."
                    + (hint?.Invoke(text) is { } sentence ? $" {sentence}" : ""));
        });
    }
}
