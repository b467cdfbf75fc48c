using System.CommandLine;
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
            Description = "Songs (MP3, WAV), or folders with songs in any depth; - for a list on the standard input, a path a line"
                + $"{besides}.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(result =>
        {
            // Whatever is no known option is taken for a path, so a mistyped option would be looked for on the disk.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && token.Value != StandardInput) is { } token)
                result.AddError($"{token.Value} is no option here; a path that starts with '-' is written ./{token.Value}.");
        });
        return paths;
    }

    public static Option<string?> Model() => new("--model", "-m")
    {
        Description = "A model zip. Default: the model that comes with SongMood.",
        HelpName = "model.zip",
    };

    public static Option<int?> Threads() => NumberOption.Whole("--threads",
        "Songs that are heard at once, each on a core. The predictions are the same for any number. Default: all cores.", least: 1, "-t");

    /// <summary>The paths, with those of the standard input in the place of "-"; blank lines are no paths.</summary>
    public static IEnumerable<string> Expand(IEnumerable<string> paths, ToolConsole console) =>
        paths.SelectMany(path => path == StandardInput ? Lines(console.In).Where(line => line.Length > 0) : [path]);

    public static MoodPredictor Open(string? modelPath, MoodPredictorOptions options) =>
        modelPath is null ? MoodPredictor.LoadPretrained(options) : MoodPredictor.Load(modelPath, options);

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
