using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Reports;

/// <summary>
/// Writes what was told of songs, one after the other, as it is known: as lines of JSON or as CSV. It is what <c>songmood predict</c>
/// writes.
/// </summary>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained();
/// using var output = File.CreateText("moods.csv");
/// using var writer = PredictionWriter.Csv(output, predictor.Moods);
/// await foreach (var song in predictor.PredictManyAsync(AudioFolder.Open("music").Files))
///     writer.Write(song);
/// </code></example>
public abstract class PredictionWriter : IDisposable
{
    internal PredictionWriter()
    {
    }

    /// <summary>One JSON object a line (docs/json.md has its schema), written at once.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="withEmbedding">Whether each prediction's embedding, which is hundreds of numbers, is written. Default false.</param>
    public static PredictionWriter Json(TextWriter output, bool withEmbedding = false) =>
        new JsonPredictionWriter(output ?? throw new ArgumentNullException(nameof(output)), withEmbedding);

    /// <summary>
    /// RFC 4180 with the columns path, mood, error and one a mood; where there is no prediction, the cells of the moods are empty.
    /// </summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="moods">The model's moods.</param>
    /// <param name="ofRows">Whether all songs are rows of tables (<see cref="PredictedSong.Row"/>): the columns file, line, path, id, title
    /// and artist then stand in the place of path. Default false.</param>
    public static PredictionWriter Csv(TextWriter output, IReadOnlyList<string> moods, bool ofRows = false) =>
        new CsvPredictionWriter(output ?? throw new ArgumentNullException(nameof(output)),
            moods ?? throw new ArgumentNullException(nameof(moods)), ofRows);

    /// <summary>Writes what came of one song.</summary>
    /// <param name="song">The song.</param>
    public abstract void Write(PredictedSong song);

    /// <summary>Writes what came of one song.</summary>
    /// <param name="song">The song.</param>
    public void Write(SongResult song)
    {
        ArgumentNullException.ThrowIfNull(song);
        Write(new PredictedSong(song.Song.Name)
        {
            Prediction = song.Prediction,
            Timeline = song.Timeline,
            Error = song.Error is null ? null : ErrorText.Of(song.Error),
        });
    }

    /// <summary>Passes on what was written so far, where others may come only after a long time.</summary>
    public abstract void Flush();

    /// <summary>Passes on what was written. To be called once, behind the last song.</summary>
    public virtual void Dispose()
    {
        Flush();
        GC.SuppressFinalize(this);
    }
}
