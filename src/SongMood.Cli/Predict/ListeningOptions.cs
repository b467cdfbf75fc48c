using System.CommandLine;
using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>The options of <c>songmood predict</c> for those who listen: which songs, playlists of them, and songs as they come.</summary>
internal sealed class ListeningOptions
{
    public Option<string?> Where { get; } = SongFilterOption.Create();

    public Option<string?> Playlists { get; } = new("--playlists")
    {
        Description = "The folder for a playlist (.m3u8) of each mood, and one of unsure songs; or one playlist (NAME.m3u8) for all.",
        HelpName = "folder",
    };

    public Option<string> PlaylistPaths { get; } = new("--playlist-paths")
    {
        Description = "How playlists name songs: relative, from the playlist's folder on, or absolute.",
        DefaultValueFactory = _ => "relative",
    };

    public Option<bool> Watch { get; } = new("--watch")
    {
        Description = "Go on, and tell the mood of songs as they come into the folders. Ctrl-C ends it, which is fine (exit code 0 or 1).",
    };

    public ListeningOptions() => PlaylistPaths.AcceptOnly(["relative", "absolute"]);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Where, Playlists, PlaylistPaths, Watch];

    /// <summary>The playlists that are asked for; null for none.</summary>
    public PlaylistOutput? Output(ParseResult parsed, MoodPredictor predictor) => parsed.GetValue(Playlists) is not { } target ? null
        : new PlaylistOutput(target, Enum.Parse<PlaylistPaths>(parsed.GetRequiredValue(PlaylistPaths), ignoreCase: true), predictor.Moods);

    /// <exception cref="ArgumentException">What is asked for does not go together.</exception>
    public void Check(ParseResult parsed, IReadOnlyList<string> paths, bool intoFile)
    {
        if (parsed.GetValue(Playlists) is { } target)
            PlaylistOutput.Check(target);
        else if (parsed.GetResult(PlaylistPaths) is { Implicit: false })
            throw new ArgumentException("--playlist-paths says how --playlists names songs: name a folder for them.");
        if (!parsed.GetValue(Watch))
            return;
        if (intoFile)
            throw new ArgumentException("--out is written when the run ends, and --watch goes on: send the standard output to a file (>).");
        if (paths.FirstOrDefault(path => !Directory.Exists(path)) is { } other)
            throw new ArgumentException($"--watch waits for songs in folders; {other} is none.");
    }
}
