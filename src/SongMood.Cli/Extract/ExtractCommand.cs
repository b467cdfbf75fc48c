using System.CommandLine;
using Microsoft.ML;
using SongMood.Cli.Learning;
using SongMood.Learning;

namespace SongMood.Cli.Extract;

/// <summary><c>songmood extract --data labels.csv --out features.idv</c>.</summary>
internal static class ExtractCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var output = new Option<string>("--out", "-o") { Description = "The feature file to write, in ML.NET's binary format.", HelpName = "features.idv", Required = true };
        var threads = new Option<int>("--threads", "-t")
        {
            Description = "Songs that are computed at once, each on a core. The features are the same for any number. Default: all cores.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "n",
        };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
                result.AddError($"--threads is {count}; expected 1 or more.");
        });
        var command = new Command("extract", "Compute what is learned from of many songs, once, for 'train' and 'evaluate' (--features). "
            + "What is done is not done again: after Ctrl-C the same command goes on where it was, and a changed song is computed anew.") { output, threads };
        options.AddListeningTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            var settings = options.Settings(parsed);
            var songs = options.ReadSongs(parsed, settings, minimumMoods: 1).WithoutRepeats(console);
            return await Extraction.RunAsync(console, path, songs, new Recipe(settings), parsed.GetValue(threads), cancellation);
        });
        return command;
    }
}
