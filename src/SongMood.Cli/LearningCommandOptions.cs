using System.CommandLine;
using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>The options that say what to learn from and how: shared by the commands that train.</summary>
internal sealed class LearningCommandOptions
{
    private static readonly string[] InputNames =
        [.. new[] { SongInput.Embedding, SongInput.Descriptors, SongInput.Mel, SongInput.Both }.Select(NameOf)];

    private readonly Option<string> _data = new("--data", "-d")
    {
        Description = "The songs and their moods: a folder with a folder of songs, or an m3u list, for each mood; or a label file with the "
            + "columns mood and path (relative to the file), optionally artist and numbers, separated by commas, semicolons or tabs.",
        HelpName = "folder|labels.csv",
        Required = true,
    };

    private readonly Option<string?> _inputs = new("--inputs", "-i")
    {
        Description = "What to learn from. embedding: what a network that was taught on much music says of the audio; descriptors: a "
            + "thousand numbers that describe it; mel: its mel spectrogram; both: a network on each of the last two, and the weighted mean "
            + $"of what they say. Default: {NameOf(new MoodLearningOptions().Inputs)}.",
    };

    /// <summary>For <c>extract</c>, which computes what they name: each is short for --inputs.</summary>
    private readonly Option<bool>[] _shortInputs =
        [.. InputNames.Select(name => new Option<bool>($"--{name}") { Description = $"Short for --inputs {name}." })];

    private readonly Option<string?> _columns = new("--columns", "-c")
    {
        Description = "Learn from these numeric columns of the label file, separated by commas, and not from the audio.",
        HelpName = "a,b,c",
    };

    private readonly Option<string?> _network = new("--network", "-n")
    {
        Description = "The network that learns. From embedding: linear (default, but mlp with --hidden or --dropout), mlp, hardtanh-mlp "
            + "or cnn; from descriptors or columns: mlp (default), hardtanh-mlp, cnn or linear; from mel, which these stand for: crnn "
            + "(default), rnn, lstm, gru or attention.",
        HelpName = "network",
    };

    private readonly Option<string?> _hidden = new("--hidden")
    {
        Description =
            "The sizes of a perceptron's hidden layers; the channels of cnn and attention; the states of rnn, lstm, gru and crnn, then the "
            + $"sizes of the linear layers over them. {DefaultsText.Hidden}",
        HelpName = "128,64",
    };

    private readonly Option<int?> _layers = NumberOption.Whole(
        "--layers", $"Layers of rnn, lstm and gru, blocks of attention. {DefaultsText.Layers}", least: 1);

    private readonly Option<double?> _dropout = NumberOption.Real("--dropout",
        $"The share of activations that is dropped while training. {DefaultsText.Dropout}", "share", "0 or more and less than 1",
        share => share is >= 0 and < 1);

    private readonly Option<int?> _cropFrames = NumberOption.Whole("--crop-frames",
        $"Train on this many frames of a song's mel spectrogram (43 a second), at a place drawn anew each time. "
        + $"{DefaultsText.CropFrames}", least: 1);

    private readonly Option<double?> _weightDecay = NumberOption.Real(
        "--weight-decay",
        $"The optimiser's weight decay. {DefaultsText.WeightDecay} With fewer than 480 songs the linear model has 0.144 divided by their "
        + "number.", "number", "a number of 0 or more", decay => decay >= 0);

    private readonly Option<double?> _seconds = NumberOption.Real(
        "--seconds", "Listen to this much of each song, from its start. Default: all of it.", "seconds", "a number above 0",
        seconds => seconds > 0);

    private readonly Option<int?> _epochs = NumberOption.Whole("--epochs", $"Passes over the data. {DefaultsText.Epochs}", least: 1);
    private readonly Option<int?> _batchSize =
        NumberOption.Whole("--batch", $"Songs that are learnt from in one step. {DefaultsText.BatchSize}", least: 1);
    private readonly Option<double?> _learningRate = NumberOption.Real(
        "--learning-rate", $"The optimiser's step size. {DefaultsText.LearningRate}", "rate", "a number above 0", rate => rate > 0);

    private readonly Option<string> _group = new("--group")
    {
        Description = "The column that names what must not be on both sides of a split. In a folder of moods it is the folder that a "
            + "song lies in within its mood's.",
        HelpName = "column",
        DefaultValueFactory = _ => "artist",
    };

    private readonly Option<string> _id = new("--id")
    {
        Description = "The column that names a song, with --columns: a song that the file names twice counts once. Where there is no "
            + "such column, songs with the same group and numbers are one.",
        HelpName = "column",
        DefaultValueFactory = _ => "id",
    };

    private readonly Option<int?> _seed = NumberOption.Whole(
        "--seed", "The same seed gives the same result on the same machine.", least: null,
        defaultValue: new MoodLearningOptions().Seed, "-s");

    private readonly Option<string?> _features = new("--features")
    {
        Description =
            "Take what 'songmood extract' computed from the same --data with the same --seconds, and learn from what it computed; no song "
            + "is decoded.",
        HelpName = "features.idv",
    };

    private readonly Option<int?> _bags = NumberOption.Whole("--bags",
        "Train this many networks, each on songs drawn with replacement, and predict by their mean (bagging): steadier, larger, slower "
        + "to train.",
        least: 1, defaultValue: new MoodLearningOptions().Bags);

    private readonly Option<int?> _augment = NumberOption.Whole("--augment",
        "Learn from this many altered copies of each song beside it: a little higher or lower, faster or slower, filtered, begun later. "
        + "What is measured is never altered.",
        least: 0, defaultValue: new MoodLearningOptions().AlteredCopies);

    public LearningCommandOptions()
    {
        _inputs.AcceptOnly(InputNames, text => text != NameOf(SongInput.Columns) ? null
            : $"Name the columns to learn from: {_columns.Name} {_columns.HelpName}.");
        _network.AcceptOnly(NetworkKinds.Names);
    }

    public Option<int?> CrossValidate { get; } = NumberOption.Whole(
        "--cross-validate", "Measure by this many folds that share no artist (--group).", least: 2, "-k");

    /// <summary>How training runs.</summary>
    public TrainingRunOptions Run { get; } = new();

    /// <summary>What most people need of these, for short help.</summary>
    public IReadOnlyList<Option> Basics => [_data, _inputs, _columns, _features, _network, _epochs, _seed, Run.Validation, Run.Patience];

    /// <summary>The headings of help.</summary>
    /// <param name="forModel">Whether a model is the result.</param>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups(bool forModel) =>
    [
        ("Songs", [_data, _inputs, _columns, _seconds, _features, _augment, _group, _id]),
        ("Network", [_network, _hidden, _layers, _dropout, _cropFrames]),
        ("Training",
        [
            _epochs, _batchSize, _learningRate, _weightDecay, _bags, .. Run.ForAll, .. forModel ? Run.ForModel : [], _seed,
        ]),
    ];

    /// <summary>Adds what <see cref="Groups"/> has.</summary>
    public void AddTo(Command command, bool forModel)
    {
        foreach (var option in Groups(forModel).SelectMany(group => group.Options).Append(CrossValidate))
            command.Add(option);
    }

    /// <summary>What all trials of a sweep share.</summary>
    public IReadOnlyList<Option> Shared =>
        [_data, _inputs, _columns, _seconds, _features, _network, _cropFrames, _epochs, _augment, _group, _seed, Run.Device];

    /// <summary>Only the options that decide what is computed of the audio.</summary>
    /// <returns>What was added.</returns>
    public IReadOnlyList<Option> AddListeningTo(Command command)
    {
        Option[] options = [_data, _inputs, .. _shortInputs, _seconds, _group];
        foreach (var option in options)
            command.Add(option);
        return options;
    }

    public string? Features(ParseResult parsed) => parsed.GetValue(_features);

    public string Data(ParseResult parsed) => parsed.GetRequiredValue(_data);

    public string Group(ParseResult parsed) => parsed.GetRequiredValue(_group);

    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public MoodLearningOptions Settings(ParseResult parsed)
    {
        var columns = parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        string[] named = [.. new[] { parsed.GetValue(_inputs) }.OfType<string>(),
            .. _shortInputs.Where(parsed.GetValue).Select(option => option.Name.TrimStart('-'))];
        if (named.Distinct().Count() > 1)
            throw new ArgumentException($"{string.Join(" and ", named)} are asked for: leave all but one out; --inputs both computes "
                + "descriptors and the mel spectrogram.");
        var inputs = named.FirstOrDefault();
        if (inputs is not null && columns.Length > 0)
            throw new ArgumentException("--inputs is for the audio and --columns for the label file's numbers: leave one of the two out.");
        var defaults = new MoodLearningOptions(); // not every command has every option
        if (columns.Length > 0)
            defaults = defaults with { Inputs = SongInput.Columns, Columns = columns };
        else if (inputs is not null)
            defaults = defaults with { Inputs = Enum.Parse<SongInput>(inputs, ignoreCase: true) };
        return Run.AddTo(defaults with
        {
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
            Bags = parsed.GetValue(_bags) ?? defaults.Bags,
            AlteredCopies = parsed.GetValue(_augment) ?? defaults.AlteredCopies,
            Seed = parsed.GetValue(_seed) ?? defaults.Seed,
            FeatureFile = Features(parsed),
            GroupName = Group(parsed),
        }, parsed);
    }

    /// <summary>Sizes with x or commas between them; none for null.</summary>
    public static int[] Sizes(string? text)
    {
        if (text is null)
            return [];
        return [.. text.Split(',', 'x').Select(part => SweepValueKinds.TryReadCount(part, out var size) ? size
            : throw new ArgumentException($"--hidden is '{text}'; expected sizes above 0, such as 128 or 128,64 or 128x64."))];
    }

    private static string NameOf(SongInput input) => input.ToString().ToLowerInvariant();

    public LabelledSongs ReadSongs(ParseResult parsed, MoodLearningOptions settings, int minimumMoods = 2) =>
        SongData.Read(Data(parsed), new LabelledSongsOptions
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
        settings = settings.Settled(); // before a large label file is read
        var learning = new MoodLearning(ReadSongs(parsed, settings), settings);
        console.SayRemarks(learning.Songs);
        return learning;
    }
}
