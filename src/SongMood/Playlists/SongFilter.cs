using SongMood.Prediction;

namespace SongMood.Playlists;

/// <summary>
/// Which songs are wanted, in words: <c>arousal > 0.5 and tempo in 120..140</c>. It may be used by several threads at once.
/// </summary>
/// <remarks>
/// <para>
/// A filter compares fields: numbers by <c>&lt; &lt;= &gt; &gt;=</c> or <c>in a..b</c> (both ends belong to it), words by <c>=</c> (or
/// <c>==</c>) and <c>!=</c>; a flag stands alone. <c>and</c> binds more tightly than <c>or</c>, <c>not</c> more than both, and there are
/// parentheses. Upper and lower case are the same.
/// </para>
/// <para>
/// Words: <c>mood</c>; <c>key</c> ("A", "C#" or "Db") and <c>mode</c> ("minor", "major"). Numbers: any mood's name is its probability,
/// 0 to 1, and <c>score</c> is that of the song's own mood; <c>valence</c> and <c>arousal</c>, -1 to 1; <c>duration</c>, seconds or
/// 4:30; <c>tempo</c>, beats a minute, and <c>tempoConfidence</c>; <c>loudness</c>, LUFS, and <c>loudnessRange</c>, LU;
/// <c>danceability</c>, 0 to 3; <c>brightness</c>, Hz; <c>onsets</c> a second; <c>keyStrength</c>, -1 to 1. Flags: <c>unsure</c>, and
/// <c>doubtful</c> where there are remarks on the song (not where a model's scores are no probabilities). A name in quotes is always a
/// mood's: <c>"slow burn" > 0.6</c>.
/// </para>
/// <para>
/// A song without a pulse has no tempo, and one without notes no key. What is asked of them is neither true nor false, and neither is its
/// opposite: neither <c>tempo &lt; 100</c> nor <c>not tempo &lt; 100</c> takes such a song.
/// </para>
/// </remarks>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained();
/// var filter = SongFilter.Parse("arousal > 0.5 and not unsure", predictor.Moods);
/// foreach (var song in AudioFolder.Open("music").Files)
///     if (filter.Matches(predictor.Predict(song)))
///         Console.WriteLine(song);
/// </code></example>
public sealed class SongFilter
{
    private readonly string _text;
    private readonly Func<MoodPrediction, bool?> _condition;

    internal SongFilter(string text, Func<MoodPrediction, bool?> condition) => (_text, _condition) = (text, condition);

    /// <summary>
    /// Whether it asks for <see cref="MoodPrediction.Features"/>, so that the predictor needs
    /// <see cref="MoodPredictorOptions.WithFeatures"/>.
    /// </summary>
    public bool NeedsFeatures { get; internal init; }

    /// <summary>
    /// Whether it asks for <see cref="MoodPrediction.IsUnsure"/>, for which the model or the options must have a threshold.
    /// </summary>
    public bool NeedsThreshold { get; internal init; }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="moods">The moods of the model (<see cref="MoodPredictor.Moods"/>). Null where they are not known yet: then every name
    /// that is no field's is taken for a mood's.</param>
    /// <exception cref="SongFilterException">It cannot be read, or names a mood that the model does not have.</exception>
    public static SongFilter Parse(string text, IReadOnlyList<string>? moods = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FilterParser(text, moods).Parse();
    }

    /// <summary>Whether a song is wanted.</summary>
    /// <param name="prediction">What the model says of it.</param>
    /// <exception cref="InvalidOperationException">The prediction lacks what the filter asks for; the message says what to set.</exception>
    public bool Matches(MoodPrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return _condition(prediction) == true;
    }

    /// <summary>The filter, as it was written.</summary>
    public override string ToString() => _text;
}
