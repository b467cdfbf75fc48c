namespace SongMood.Learning;

/// <summary>The networks that can be asked for, as docs/training.md describes them.</summary>
public enum NetworkKind
{
    /// <summary>A multilayer perceptron with batch normalisation and ReLU, over numbers.</summary>
    Mlp,

    /// <summary>A multilayer perceptron with Hardtanh, over numbers.</summary>
    HardtanhMlp,

    /// <summary>One-dimensional convolutions, over numbers.</summary>
    Cnn,

    /// <summary>A linear model, over numbers.</summary>
    Linear,

    /// <summary>An Elman network, over the mel spectrogram.</summary>
    Rnn,

    /// <summary>Long short-term memory, over the mel spectrogram.</summary>
    Lstm,

    /// <summary>Gated recurrent units, over the mel spectrogram.</summary>
    Gru,

    /// <summary>Convolutions, then recurrence, over the mel spectrogram.</summary>
    Crnn,

    /// <summary>Convolutions, then self-attention, over the mel spectrogram.</summary>
    Attention,
}

/// <summary>The networks' names in reports and on command lines.</summary>
internal static class NetworkKinds
{
    public static string[] Names { get; } = [.. Enum.GetValues<NetworkKind>().Select(Name)];

    public static string Name(this NetworkKind kind) => kind == NetworkKind.HardtanhMlp ? "hardtanh-mlp" : kind.ToString()
        .ToLowerInvariant();

    public static NetworkKind Parse(string name) => Enum.GetValues<NetworkKind>().Single(kind => kind.Name() == name);

    /// <summary>Whether it hears one frame after the other; the others take numbers without an order in time.</summary>
    public static bool IsSequence(this NetworkKind kind) => kind >= NetworkKind.Rnn;
}
