using System.CommandLine;
using SongMood.Catalogue;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>What commands that listen to songs have in common.</summary>
internal static class SongArguments
{
    private const string StandardInput = "-";

    public static Argument<string[]> Paths(string besides = "")
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Songs (MP3, FLAC, WAV, Ogg and others), or folders with songs in any depth; - for a list on the standard "
                + "input, a path a line"
                + $"{besides}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(result =>
        {
            // Whatever is no known option is taken for a path, so a mistyped option would be looked for on the disk.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && token.Value != StandardInput) is { } token)
                result.AddError($"{token.Value} is no option here; a path that starts with '-' is written ./{token.Value}.");
        });
        return paths;
    }

    public static Option<string[]> Lists(Command command, Argument<string[]> paths)
    {
        var lists = new Option<string[]>("--list", "-l")
        {
            Description = "A file with a path a line, an m3u playlist, or a Parquet file with a column path: its songs, too.",
            HelpName = "songs.txt",
        };
        command.Add(lists);
        command.Validators.Add(result =>
        {
            if (result.GetResult(paths) is null or { Tokens.Count: 0 } && result.GetResult(lists) is null)
                result.AddError("Required argument missing: name songs, folders with songs, or a list (--list).");
        });
        return lists;
    }

    public static Option<string?> Model() => new("--model", "-m")
    {
        Description = "A model zip. Default: the model that comes with SongMood.",
        HelpName = "model.zip",
    };

    public static Option<int?> Threads() => NumberOption.Whole("--threads",
        "Songs that are heard at once, each on a core. The predictions are the same for any number. Default: all cores.", least: 1, "-t");

    public static Option<double?> UnsureBelow(string description) =>
        NumberOption.Real("--unsure-below", description, "score", "a number from 0 to 1", score => score is >= 0 and <= 1);

    /// <summary>
    /// The paths, with those of the standard input in the place of "-", then those of lists: read as they are asked for. None of them may
    /// be the file to write.
    /// </summary>
    public static IEnumerable<string> Expand(
        IEnumerable<string> paths, IEnumerable<string> lists, string? output, ToolConsole console) =>
        paths.SelectMany(path => path == StandardInput ? SongList.Paths(console.In, IsTyped(console.In)) : [path])
            .Concat(lists.SelectMany(SongList.Read))
            .Select(path =>
            {
                if (output is not null)
                    AtomicFile.CheckNotRead(output, path);
                return path;
            });

    /// <summary>Whether the paths can be gone through again.</summary>
    public static bool AreOnDisk(IEnumerable<string> paths) => !paths.Contains(StandardInput);

    /// <summary>All for one song, soonest told; one each for many, which are heard side by side.</summary>
    public static int? CoresPerSong(IReadOnlyList<string> arguments) => IsOneSong(arguments) ? null : 1;

    /// <summary>Whether they name no more than one file.</summary>
    public static bool IsOneSong(IReadOnlyList<string> arguments) => arguments is [var one] && File.Exists(one);

    /// <summary>Loads a model, while another core hears the beginning of the first song (<see cref="FirstMoments"/>).</summary>
    /// <param name="modelPath">The model zip; null for the model that comes with SongMood.</param>
    /// <param name="options">What the predictor takes and tells.</param>
    /// <param name="songs">Files and folders that it will hear.</param>
    public static MoodPredictor Open(string? modelPath, MoodPredictorOptions options, IEnumerable<string> songs)
    {
        options = options with { MaximumBytesAtOnce = Array.MaxLength };
        return FirstMoments.While(new AudioPaths(songs).Songs.Select(song => song.Path),
            () => modelPath is null ? MoodPredictor.LoadPretrained(options) : MoodPredictor.Load(modelPath, options));
    }

    private static bool IsTyped(TextReader input) => input == Console.In && !Console.IsInputRedirected;
}
