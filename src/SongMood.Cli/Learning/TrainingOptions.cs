using System.CommandLine;
using SongMood.Evaluation;

namespace SongMood.Cli.Learning;

/// <summary>The options that say what to learn from and how: shared by the commands that train.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string> _data = new("--data", "-d")
    {
        Description = "The labels: a CSV with the columns mood and path (relative to the CSV), optionally artist and numeric columns.",
        HelpName = "labels.csv",
        Required = true,
    };

    private readonly Option<string?> _inputs = new("--inputs", "-i")
    {
        Description = "Of the audio, what to learn from. descriptors (default): music descriptors, by a multilayer perceptron; "
            + "mel: the mel spectrogram, by a convolutional recurrent network.",
    };

    private readonly Option<string?> _columns = new("--columns", "-c")
    {
        Description = "Learn from these numeric columns of the label file, separated by commas, and not from the audio.",
        HelpName = "a,b,c",
    };

    private readonly Option<double?> _seconds = Positive<double>("--seconds", "Listen to this much of each song, from its start. Default: all of it.");
    private readonly Option<int?> _epochs = Positive<int>("--epochs", "Passes over the data. Default: the network's own.");
    private readonly Option<int?> _batchSize = Positive<int>("--batch", "Songs a step. Default: the network's own.");
    private readonly Option<double?> _learningRate = Positive<double>("--learning-rate", "The optimiser's step size. Default: the network's own.");
    private readonly Option<string> _group = new("--group")
    {
        Description = "The column of what must not be on both sides of a split.",
        HelpName = "column",
        DefaultValueFactory = _ => "artist",
    };

    private readonly Option<int> _seed = new("--seed", "-s") { Description = "The same seed gives the same result on the same machine.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _features = new("--features")
    {
        Description = "Take what 'songmood extract' computed from the same label file with the same --inputs and --seconds; no song is decoded.",
        HelpName = "features.idv",
    };

    public TrainingOptions() => _inputs.AcceptOnlyFromAmong("descriptors", "mel");

    public Option<int?> CrossValidate { get; } = new("--cross-validate", "-k")
    {
        Description = "Measure by this many folds that share no artist (--group).",
        HelpName = "folds",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [var token] && int.TryParse(token.Value, out var folds) && folds < 2)
                    result.AddError($"--cross-validate is {folds}; expected 2 folds or more.");
            },
        },
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _data, _inputs, _columns, _seconds, _features, _epochs, _batchSize, _learningRate, CrossValidate, _group, _seed })
            command.Add(option);
    }

    /// <summary>Only what decides what is computed of the audio.</summary>
    public void AddListeningTo(Command command)
    {
        foreach (var option in new Option[] { _data, _inputs, _seconds, _group })
            command.Add(option);
    }

    public string? Features(ParseResult parsed) => parsed.GetValue(_features);

    public string Data(ParseResult parsed) => parsed.GetRequiredValue(_data);

    public string Group(ParseResult parsed) => parsed.GetRequiredValue(_group);

    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public TrainingSettings Settings(ParseResult parsed)
    {
        var columns = parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var inputs = parsed.GetValue(_inputs);
        if (inputs is not null && columns.Length > 0)
            throw new ArgumentException("--inputs is for the audio and --columns for the label file's numbers: leave one of the two out.");
        if (Features(parsed) is not null && columns.Length > 0)
            throw new ArgumentException("--features is for what was computed of the audio and --columns for the label file's numbers: leave one of the two out.");
        var input = columns.Length > 0 ? SongInput.Columns : inputs == "mel" ? SongInput.Mel : SongInput.Descriptors;
        return new TrainingSettings(input, columns, parsed.GetValue(_seconds), parsed.GetValue(_epochs), parsed.GetValue(_batchSize),
            parsed.GetValue(_learningRate), parsed.GetValue(_seed));
    }

    public LabelledSongs ReadSongs(ParseResult parsed, TrainingSettings settings, int minimumMoods = 2) => LabelledSongs.Read(Data(parsed), new LabelledSongsOptions
    {
        RequireAudio = settings.Input != SongInput.Columns && Features(parsed) is null,
        MinimumMoods = minimumMoods,
        FeatureColumns = settings.Columns,
        GroupColumn = Group(parsed),
    });

    private static Option<T?> Positive<T>(string name, string description) where T : struct, System.Numerics.INumber<T>
    {
        var option = new Option<T?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && T.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var value) && !(value > T.Zero))
                result.AddError($"{name} is {token.Value}; expected more than 0.");
        });
        return option;
    }
}
