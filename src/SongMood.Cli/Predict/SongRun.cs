using SongMood.Learning;

namespace SongMood.Cli.Predict;

/// <summary>
/// Songs that are heard side by side, in the order in which they are given, with a bar where a person watches. A song that fails is a
/// result like the others.
/// </summary>
/// <typeparam name="T">What comes of a song.</typeparam>
/// <param name="console">Where the bar moves.</param>
/// <param name="threads">Songs that are heard at once.</param>
/// <param name="hear">Hears a song.</param>
/// <param name="fail">The result for a song and the reason why it has no other.</param>
internal sealed class SongRun<T>(ToolConsole console, int threads, Func<string, CancellationToken, T> hear, Func<string, string, T> fail)
{
    /// <summary>Goes through the songs once.</summary>
    /// <param name="songs">The songs; an error stands where there is none.</param>
    /// <param name="songCount">How many there are, for the bar.</param>
    /// <param name="take">Told of each result at once; says whether it is to be shown.</param>
    /// <param name="show">Shows a result: at once, or, where it would be drawn over the bar, once that is gone, also where the run is
    /// stopped.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task GoThroughAsync(IEnumerable<(string Path, string? Error)> songs, int songCount, Func<T, bool> take, Action<T> show,
        CancellationToken cancellation)
    {
        var heldBack = new List<T>();
        try
        {
            await console.WithProgressAsync(async progress =>
            {
                var steps = new StepCounter(progress, LearningActivity.Listening, songCount);
                await foreach (var song in OrderedParallel.SelectAsync(
                    songs, (song, stop) => Hear(song.Path, song.Error, stop), threads, cancellation))
                {
                    var isShown = take(song);
                    if (isShown && console.HoldsResultsBack)
                        heldBack.Add(song);
                    else if (isShown)
                        show(song);
                    steps.Step();
                }
                return true;
            });
        }
        finally
        {
            heldBack.ForEach(show);
        }
    }

    private T Hear(string path, string? error, CancellationToken cancellation)
    {
        if (error is not null)
            return fail(path, error);
        try
        {
            return hear(path, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            return fail(path, ErrorMessage.Of(failure)); // the others go on
        }
    }
}
