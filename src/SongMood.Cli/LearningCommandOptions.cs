using System.CommandLine;
using System.Globalization;
using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>The options that say what to learn from and how: shared by the commands that train.</summary>
internal sealed class LearningCommandOptions
{
    private static readonly string[] InputNames = ["descriptors", "mel", "both"];

    private readonly Option<string> _data = new("--data", "-d")
    {
        Description = "The labels: a CSV with the columns mood and path (relative to the CSV), optionally artist and numeric columns.",
        HelpName = "labels.csv",
        Required = true,
    };

    private readonly Option<string?> _inputs = new("--inputs", "-i")
    {
        Description = "Of the audio, what to learn from. descriptors (default): music descriptors; mel: the mel spectrogram; "
            + "both: a network on each, and the weighted mean of what they say.",
    };

    /// <summary>For <c>extract</c>, which computes what they name: each is short for --inputs.</summary>
    private readonly Option<bool>[] _shortInputs = [.. InputNames.Select(name => new Option<bool>($"--{name}") { Description = $"Short for --inputs {name}." })];

    private readonly Option<string?> _columns = new("--columns", "-c")
    {
        Description = "Learn from these numeric columns of the label file, separated by commas, and not from the audio.",
        HelpName = "a,b,c",
    };

    private readonly Option<string?> _network = new("--network", "-n")
    {
        Description = "What learns. mlp (default), hardtanh-mlp, cnn: from descriptors or columns; crnn (default), rnn, lstm, gru, attention: from mel.",
    };

    private readonly Option<string?> _hidden = new("--hidden")
    {
        Description = "The sizes of a perceptron's hidden layers; the channels of cnn and attention; the states of rnn, lstm, gru and crnn, then the "
            + "sizes of the linear layers over them. Default: the network's own.",
        HelpName = "128,64",
    };

    private readonly Option<int?> _layers = Positive<int>("--layers", "Layers of rnn, lstm and gru, blocks of attention. Default: the network's own.");
    private readonly Option<double?> _dropout = new("--dropout")
    {
        Description = "The share of activations that is dropped while training, from 0 to below 1. Default: the network's own.",
    };

    private readonly Option<int?> _cropFrames = Positive<int>("--crop-frames",
        "Of mel, train on this many frames of a song (43 a second), at a place drawn anew each time. Default: 256; 1232 for rnn, lstm and gru.");

    private readonly Option<double?> _weightDecay = new("--weight-decay") { Description = "The optimiser's weight decay, not negative. Default: the network's own." };
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

    private readonly Option<string> _id = new("--id")
    {
        Description = "With --columns, the column that names a song: one that the file says twice counts once. Where there is none, a song is its "
            + "group and its numbers.",
        HelpName = "column",
        DefaultValueFactory = _ => "id",
    };

    private readonly Option<int> _seed = new("--seed", "-s") { Description = "The same seed gives the same result on the same machine.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _features = new("--features")
    {
        Description = "Take what 'songmood extract' computed from the same label file with the same --inputs and --seconds; no song is decoded.",
        HelpName = "features.idv",
    };

    private readonly Option<int?> _bags = new("--bags")
    {
        Description = "Train this many networks, each on songs drawn with replacement, and predict by their mean (bagging): steadier, larger, slower to train. Default: 1.",
        HelpName = "n",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [var token] && int.TryParse(token.Value, out var bags) && bags < 1)
                    result.AddError($"--bags is {bags}; expected 1 network or more.");
            },
        },
    };

    public LearningCommandOptions()
    {
        _inputs.AcceptOnlyFromAmong(InputNames);
        _network.AcceptOnlyFromAmong(NetworkKinds.Names);
    }

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
        foreach (var option in new Option[]
        {
            _data, _inputs, _columns, _seconds, _features, _network, _hidden, _layers, _dropout, _cropFrames, _epochs, _batchSize, _learningRate, _weightDecay,
            _bags, CrossValidate, _group, _id, _seed,
        })
            command.Add(option);
    }

    /// <summary>What all trials of a sweep share.</summary>
    public void AddSharedTo(Command command)
    {
        foreach (var option in new Option[] { _data, _inputs, _columns, _seconds, _features, _network, _cropFrames, _epochs, _group, _seed })
            command.Add(option);
    }

    /// <summary>Only what decides what is computed of the audio.</summary>
    public void AddListeningTo(Command command)
    {
        foreach (var option in (Option[])[_data, _inputs, .. _shortInputs, _seconds, _group])
            command.Add(option);
    }

    public string? Features(ParseResult parsed) => parsed.GetValue(_features);

    public string Data(ParseResult parsed) => parsed.GetRequiredValue(_data);

    public string Group(ParseResult parsed) => parsed.GetRequiredValue(_group);

    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public MoodLearningOptions Settings(ParseResult parsed)
    {
        var columns = parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        string[] named = [.. new[] { parsed.GetValue(_inputs) }.OfType<string>(), .. _shortInputs.Where(parsed.GetValue).Select(option => option.Name.TrimStart('-'))];
        if (named.Distinct().Count() > 1)
            throw new ArgumentException($"{string.Join(" and ", named)} are asked for: leave all but one out; --inputs both computes descriptors and the mel spectrogram.");
        var inputs = named.FirstOrDefault();
        if (inputs is not null && columns.Length > 0)
            throw new ArgumentException("--inputs is for the audio and --columns for the label file's numbers: leave one of the two out.");
        if (Features(parsed) is not null && columns.Length > 0)
            throw new ArgumentException("--features is for what was computed of the audio and --columns for the label file's numbers: leave one of the two out.");
        var input = columns.Length > 0 ? SongInput.Columns : inputs is null ? SongInput.Descriptors : Enum.Parse<SongInput>(inputs, ignoreCase: true);
        return new MoodLearningOptions
        {
            Inputs = input,
            Columns = columns,
            Seconds = parsed.GetValue(_seconds),
            Network = new NetworkChoice
            {
                Kind = parsed.GetValue(_network) is { } name ? NetworkKinds.Parse(name) : null,
                Hidden = Sizes(parsed.GetValue(_hidden)),
                Layers = parsed.GetValue(_layers),
                Dropout = parsed.GetValue(_dropout),
                CropFrames = parsed.GetValue(_cropFrames),
                WeightDecay = parsed.GetValue(_weightDecay),
            },
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batchSize),
            LearningRate = parsed.GetValue(_learningRate),
            Bags = parsed.GetValue(_bags) ?? 1,
            Seed = parsed.GetValue(_seed),
            FeatureFile = Features(parsed),
            GroupName = Group(parsed),
        };
    }

    /// <summary>Sizes with x or commas between them; none for null.</summary>
    public static int[] Sizes(string? text)
    {
        if (text is null)
            return [];
        return [.. text.Split(',', 'x').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size
            : throw new ArgumentException($"--hidden is '{text}'; expected sizes above 0, such as 128 or 128,64 or 128x64."))];
    }

    public LabelledSongs ReadSongs(ParseResult parsed, MoodLearningOptions settings, int minimumMoods = 2) =>
        LabelledSongs.Read(Data(parsed), new LabelledSongsOptions
        {
            RequireAudio = settings.Inputs != SongInput.Columns && settings.FeatureFile is null,
            MinimumMoods = minimumMoods,
            FeatureColumns = settings.Columns,
            GroupColumn = Group(parsed),
            IdColumn = parsed.GetValue(_id) ?? new LabelledSongsOptions().IdColumn,
        });

    /// <summary>The songs and how to learn from them; says what a person should know of how they were read.</summary>
    public MoodLearning Learning(ParseResult parsed, MoodLearningOptions settings, ToolConsole console)
    {
        _ = new LearningRecipe(settings); // before a large label file is read
        var learning = new MoodLearning(ReadSongs(parsed, settings), settings);
        console.SayRemarks(learning.Songs);
        return learning;
    }

    private static Option<T?> Positive<T>(string name, string description) where T : struct, System.Numerics.INumber<T>
    {
        var option = new Option<T?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && !(value > T.Zero))
                result.AddError($"{name} is {token.Value}; expected more than 0.");
        });
        return option;
    }
}
