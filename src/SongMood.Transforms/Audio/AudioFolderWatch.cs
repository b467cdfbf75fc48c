using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SongMood.Audio;

/// <summary>
/// Waits for songs in folders. The folders are looked through again and again: unlike the notices of the system, which differ from one to
/// the next, have limits and can be lost, that works on network drives and misses nothing.
/// </summary>
/// <example><code>
/// await foreach (var change in AudioFolderWatch.ChangesAsync(["music"], cancellationToken: CancellationToken.None))
/// {
///     Console.WriteLine($"{change.Ready.Count} songs are there");
///     break; // a service goes on until its token is cancelled
/// }
/// </code></example>
public static class AudioFolderWatch
{
    private const double MostOfTheTime = 0.05;

    /// <summary>
    /// The songs of folders: those that are there at first, then those that come, change or go, until it is cancelled. A song is given
    /// once its size and time have not changed for <see cref="AudioFolderWatchOptions.SettleTime"/>, so that one that is still being
    /// copied or loaded is left alone; one that changes later is given again.
    /// </summary>
    /// <param name="folders">The folders, looked through as <see cref="AudioFolder.Open"/> does.</param>
    /// <param name="options">How to look; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it, with an <see cref="OperationCanceledException"/>: there is no other end.</param>
    /// <exception cref="ArgumentException">There are no folders, or an option is out of range.</exception>
    /// <exception cref="DirectoryNotFoundException">A folder is not there, or is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder, or one below it, must not be listed; the message names it.</exception>
    public static IAsyncEnumerable<AudioFolderChange> ChangesAsync(
        IReadOnlyList<string> folders, AudioFolderWatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folders);
        options ??= new();
        options.Validate();
        if (folders.Count == 0)
            throw new ArgumentException("There are no folders to watch; expected at least one.", nameof(folders));
        return Changes(folders, options, cancellationToken);
    }

    /// <summary>How long to wait after a look: a slow one (many songs, a network) must not keep a core busy.</summary>
    internal static TimeSpan Pause(TimeSpan look, TimeSpan settleTime) =>
        look / MostOfTheTime > settleTime ? look / MostOfTheTime : settleTime;

    private static async IAsyncEnumerable<AudioFolderChange> Changes(
        IReadOnlyList<string> folders, AudioFolderWatchOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = new SettledFiles(options.SettleTime);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var change = files.Look(folders.SelectMany(folder => Stamps(folder, options)), Stopwatch.GetElapsedTime(0));
            var took = Stopwatch.GetElapsedTime(start);
            if (change.Ready.Count > 0 || change.Gone.Count > 0)
                yield return change;
            await Task.Delay(Pause(took, options.SettleTime), cancellation).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(string Path, FileStamp Stamp)> Stamps(string folder, AudioFolderWatchOptions options)
    {
        foreach (var path in AudioFolder.Open(folder, options.FileNameSuffixes, options.Recurse).Files)
            if (FileStamp.Of(path) is { } stamp) // it may be gone by now
                yield return (path, stamp);
    }
}
