using System.Globalization;
using SongMood.Prediction;
using Condition = System.Func<SongMood.Prediction.MoodPrediction, bool?>;

namespace SongMood.Playlists;

/// <summary>
/// Reads a filter by recursive descent. Its conditions have three values, true, false and null for unknown, as Kleene's logic has, which
/// is that of C#'s operators on bool?.
/// </summary>
internal sealed class FilterParser(string text, IReadOnlyList<string>? moods)
{
    private const int DeepestParentheses = 100; // each is some calls deep, and a text may come from a stranger
    private const string Comparisons = "<, <=, >, >= or in";

    private readonly List<FilterToken> _tokens = FilterTokens.Of(text);
    private int _at;
    private bool _needsFeatures;
    private bool _needsThreshold;

    private FilterToken Current => _tokens[_at];

    public SongFilter Parse()
    {
        var condition = Or(depth: 0);
        if (Current.Kind != FilterTokenKind.End)
            throw Current.Unexpected(Current.Is(")") ? "the end; no ( is open" : "and, or, or the end");
        return new SongFilter(text, condition) { NeedsFeatures = _needsFeatures, NeedsThreshold = _needsThreshold };
    }

    private Condition Or(int depth) => Chain("or", () => And(depth), isOr: true);

    private Condition And(int depth) => Chain("and", () => Not(depth), isOr: false);

    /// <summary>A list and no tree, so that a long one is not deep.</summary>
    private Condition Chain(string word, Func<Condition> part, bool isOr)
    {
        List<Condition> parts = [part()];
        while (TryTake(word))
            parts.Add(part());
        return parts.Count == 1 ? parts[0] : song =>
        {
            bool? all = !isOr;
            foreach (var condition in parts)
                all = isOr ? all | condition(song) : all & condition(song);
            return all;
        };
    }

    private Condition Not(int depth)
    {
        var isNot = false;
        while (TryTake("not"))
            isNot = !isNot;
        var condition = TryTake("(") ? InParentheses(depth + 1) : Comparison();
        return isNot ? song => !condition(song) : condition;
    }

    private Condition InParentheses(int depth)
    {
        if (depth > DeepestParentheses)
            throw new SongFilterException(_tokens[_at - 1].Column, $"parentheses {depth} deep", $"{DeepestParentheses} at most");
        var condition = Or(depth);
        return TryTake(")") ? condition : throw Current.Unexpected("and, or, or )");
    }

    private Condition Comparison()
    {
        var name = Take();
        var field = Field(name);
        _needsFeatures |= field.IsFeature;
        switch (field)
        {
            case FlagField flag:
                _needsThreshold |= flag.Name == "unsure";
                return song => flag.Value(song);
            case WordField words:
                return Words(words);
            default:
                return Numbers((NumberField)field, name);
        }
    }

    private FilterField Field(FilterToken name)
    {
        if (name.Kind == FilterTokenKind.Name && FilterField.All.FirstOrDefault(field => name.Is(field.Name)) is { } known)
            return !known.IsOnPlane || moods is null || MoodPlane.Place(moods.ToDictionary(mood => mood, _ => 0f)) is not null ? known
                : throw name.Unexpected($"a mood: {string.Join(", ", moods)}; only happy, sad, energetic and calm have {known.Name}");
        var isMood = name.Kind is FilterTokenKind.Name or FilterTokenKind.QuotedName && !IsKeyword(name)
            && (moods?.Contains(name.Text, StringComparer.OrdinalIgnoreCase) ?? true);
        return isMood ? FilterField.ScoreOf(name.Text) : throw NoField(name);
    }

    private SongFilterException NoField(FilterToken name) => name.Unexpected(
        $"not, ( or a field ({string.Join(", ", FilterField.All.Select(field => field.Name))}"
        + (moods is null ? ", or a mood)" : $", or a mood: {string.Join(", ", moods)})"));

    private Condition Words(WordField field)
    {
        var comparison = Take();
        if (!comparison.Is("=") && !comparison.Is("==") && !comparison.Is("!="))
            throw comparison.Unexpected($"= or !=, as {field.Name} is a word");
        var token = Take();
        var word = field.Synonyms.GetValueOrDefault(token.Text, token.Text);
        var words = field.Name == "mood" ? moods : field.Words;
        if (token.Kind is FilterTokenKind.End or FilterTokenKind.Symbol
            || words?.Contains(word, StringComparer.OrdinalIgnoreCase) == false)
            throw token.Unexpected(words is null ? "a mood" : $"a {field.Name}: {string.Join(", ", words)}");
        var isNot = comparison.Is("!=");
        return song => field.Value(song) is { } value ? value.Equals(word, StringComparison.OrdinalIgnoreCase) != isNot : null;
    }

    private Condition Numbers(NumberField field, FilterToken name)
    {
        var comparison = Take();
        if (comparison.Is("in"))
            return Range(field);
        if (comparison.Is("=") || comparison.Is("==") || comparison.Is("!="))
            // No mood's score is asked for like that: it is a word that there is not, such as an artist.
            throw moods is null && !FilterField.All.Contains(field) ? NoField(name)
                : comparison.Unexpected($"{Comparisons}: {field.Name} is measured, and hardly ever exactly a number");
        if (comparison.Kind != FilterTokenKind.Symbol || comparison.Text[0] is not ('<' or '>'))
            throw comparison.Unexpected(Comparisons);
        var bound = Number(field);
        return comparison.Text switch
        {
            "<" => song => field.Value(song) is { } value ? value < bound : null,
            "<=" => song => field.Value(song) is { } value ? value <= bound : null,
            ">" => song => field.Value(song) is { } value ? value > bound : null,
            _ => song => field.Value(song) is { } value ? value >= bound : null,
        };
    }

    private Condition Range(NumberField field)
    {
        var start = Current;
        var least = Number(field);
        if (!TryTake(".."))
            throw Current.Unexpected("..");
        var end = Current;
        var most = Number(field);
        return least <= most ? song => field.Value(song) is { } value ? value >= least && value <= most : null
            : throw new SongFilterException(start.Column, $"{start.Text}..{end.Text}", "the smaller number first");
    }

    private double Number(NumberField field)
    {
        var token = Take();
        var parts = token.Text.Split(':');
        if (token.Kind != FilterTokenKind.Number || (parts.Length == 2 && !field.IsTime))
            throw token.Unexpected(field.IsTime ? "seconds, or minutes and seconds such as 4:30" : "a number");
        var value = parts.Length == 1 ? Parse(token.Text) : 60 * Parse(parts[0]) + Parse(parts[1]);
        return value >= field.Least && value <= field.Most ? value : throw token.Unexpected(double.IsFinite(field.Most)
            ? FormattableString.Invariant($"a number from {field.Least} to {field.Most}, as {field.Name} is") : "a number of 0 or more");

        static double Parse(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static bool IsKeyword(FilterToken token) => token.Is("and") || token.Is("or") || token.Is("not") || token.Is("in");

    private FilterToken Take() => Current.Kind == FilterTokenKind.End ? Current : _tokens[_at++];

    private bool TryTake(string text)
    {
        if (!Current.Is(text))
            return false;
        _at++;
        return true;
    }
}
