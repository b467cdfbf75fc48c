using SongMood.Trainers;

namespace SongMood.Learning;

/// <summary>What can be wrong with the network that is asked for: known now, not after an hour of listening.</summary>
internal static class NetworkChecks
{
    /// <summary>Adds what does not fit the songs or the network, and what is out of range for the network itself.</summary>
    public static void Check(MoodLearningOptions options, LearningFaults faults)
    {
        faults.Need(options.Inputs != SongInput.Both
            || options.Network is { Hidden.Count: 0, Kind: null, Layers: null, Dropout: null, WeightDecay: null },
            $"{Term.InputsBoth} trains two networks, an mlp on the descriptors and a crnn on the mel spectrogram, each of its own "
            + $"sizes: leave {Term.Network}, {Term.Hidden}, {Term.Layers}, {Term.Dropout} and {Term.WeightDecay} out, "
            + $"or learn from one of both.");
        foreach (var member in NetworkRecipe.Members(options))
            CheckOne(member, faults);
    }

    private static void CheckOne(MoodLearningOptions options, LearningFaults faults)
    {
        var kind = NetworkRecipe.KindOf(options);
        faults.Need(Enum.IsDefined(kind), $"{Term.Network} is {kind}; expected one of {string.Join(", ", Enum.GetValues<NetworkKind>())}.");
        if (!Enum.IsDefined(kind))
            return;
        var hearsMel = options.Inputs == SongInput.Mel;
        faults.Need(hearsMel || !kind.IsSequence(),
            $"{Term.Network} {kind.Name()} hears one frame after the other: it needs {Term.InputsMel}, not "
            + $"{options.Inputs.ToString().ToLowerInvariant()}. Over numbers there are {NamesOf(sequence: false)}.");
        faults.Need(!hearsMel || kind.IsSequence(),
            $"{Term.Network} {kind.Name()} learns from numbers: it needs {Term.InputsDescriptors}, {Term.InputsEmbedding} or "
            + $"{Term.Columns}, not {Term.InputsMel}. "
            + $"Over the mel spectrogram there are {NamesOf(sequence: true)}.");

        var (network, chosen) = (NetworkRecipe.OptionsOf(options), options.Network);
        faults.Need(chosen.Layers is null || network is RecurrentOptions or AttentionOptions,
            $"{Term.Layers} is for rnn, lstm, gru and attention; the network is {kind.Name()}.");
        faults.Need(kind != NetworkKind.Linear || chosen is { Hidden.Count: 0, Dropout: null },
            $"{Term.Hidden} and {Term.Dropout} are for networks with hidden layers; the network is {kind.Name()}.");
        faults.Need(chosen.Layers is null || network is not MlpOptions, $"A perceptron has as many layers as {Term.Hidden} has sizes.");
        faults.Need(chosen.CropFrames is null || kind.IsSequence(),
            $"{Term.CropFrames} is for networks over the mel spectrogram ({Term.InputsMel}, {Term.InputsBoth}); the network is "
            + $"{kind.Name()}.");
        faults.Need(kind != NetworkKind.Crnn || chosen.Hidden.Count <= 2,
            $"{Term.Hidden} {NetworkChoice.HiddenText(chosen.Hidden)} has {Plural.Of(chosen.Hidden.Count, "size")}; "
            + $"the crnn has two: its states and its embedding.");
        var ofNetwork = new OptionFaults();
        network.CheckAsOption(ofNetwork);
        faults.Add(ofNetwork, network.GetType().Name);
    }

    private static string NamesOf(bool sequence) =>
        string.Join(", ", Enum.GetValues<NetworkKind>().Where(kind => kind.IsSequence() == sequence).Select(kind => kind.Name()));
}
