using SongMood.Cli.Predict;
using SongMood.Formats.Tags;
using SongMood.Prediction;

namespace SongMood.Cli.Tag;

/// <summary>One run of <c>songmood tag</c>, in the order of the arguments.</summary>
internal sealed class TagRun(ToolConsole console, TagRequest request, TagOutput output)
{
    private readonly HashSet<string> _files = [];
    private int _again;
    private int _heard;
    private int _failed;
    private int _wanted;
    private int _changed;

    /// <returns>The tool's exit code.</returns>
    public async Task<int> SongsAsync(IReadOnlyList<string> paths, MoodPredictor predictor, int threads, CancellationToken cancellation)
    {
        var found = new AudioPaths(paths);
        var songCount = console.IsWatched ? new AudioPaths(paths).Songs.Count() : 0; // for the bar
        var run = new SongRun<TagResult>(console, threads, (path, stop) => request.Ask(predictor, path, stop),
            (path, error) => new TagResult(path) { Error = error });
        try
        {
            await run.GoThroughAsync(found.Songs.Where(song => IsNew(song.Path)), songCount, song =>
            {
                Count(song);
                return song.IsWanted;
            }, output.Write, cancellation);
        }
        finally // what was written is told, also where the run is stopped
        {
            output.End();
            foreach (var remark in found.Remarks)
                console.Say($"songmood: {remark}");
            if (_again > 0)
                console.Say($"songmood: {Plural.Of(_again, "path leads", "paths lead")} to a song that another one has led to.");
            console.Say($"songmood: {Summary()}");
        }
        if (_failed == 0)
            return ExitCode.AllFine;
        console.Say($"songmood: {_failed} of {_heard} could not be tagged.");
        return ExitCode.SomeFailed;
    }

    /// <summary>Takes back what a journal tells of.</summary>
    /// <inheritdoc cref="SongsAsync"/>
    public static int Undo(ToolConsole console, TagJournal journal, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        string[] named = [.. paths.Select(Path.GetFullPath)];
        int restored = 0, before = 0, failed = 0;
        foreach (var song in journal.Undo(path => named.Length == 0 || named.Any(one => IsIn(path, one)), cancellation))
        {
            if (song.IsRestored)
                console.Out.WriteLine(song.Path);
            if (song.Error is { } error)
                console.Say($"songmood: {error}");
            restored += song.IsRestored ? 1 : 0;
            failed += song.Error is null ? 0 : 1;
            before += song.Error is null && !song.IsRestored ? 1 : 0;
        }
        console.Say($"songmood: {Plural.Of(restored, "song has its", "songs have their")} old bytes back, {before} had them, "
            + $"{failed} could not get them.");
        return failed == 0 ? ExitCode.AllFine : ExitCode.SomeFailed;
    }

    private static bool IsIn(string path, string fileOrFolder) => path == fileOrFolder
        || path.StartsWith(Path.TrimEndingDirectorySeparator(fileOrFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether no path before leads to the same file, which would be written by two at once.</summary>
    private bool IsNew(string path)
    {
        var file = Path.GetFullPath(AtomicFile.LinkedFrom(path));
        if (_files.Add(Path.Combine(FolderLinks.Follow(Path.GetDirectoryName(file) ?? file), Path.GetFileName(file))))
            return true;
        _again++;
        return false;
    }

    private void Count(TagResult song)
    {
        _heard++;
        _failed += song.Error is null ? 0 : 1;
        _wanted += song.IsWanted ? 1 : 0;
        _changed += song.Change is { IsNeeded: true } ? 1 : 0;
    }

    private string Summary()
    {
        var songs = $"{_changed} of {Plural.Of(_wanted, "song")}"
            + (request.Where is null ? "" : $" that are as --where asks ({request.Where})");
        return request.Journal is not { } journal ? $"A dry run: tags of {songs} would change. Nothing is written without --write."
            : _changed == 0 ? $"Tags of {songs} were changed."
            : $"Tags of {songs} were changed. To take it back: songmood tag --undo {journal.Path}";
    }
}
