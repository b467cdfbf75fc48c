using System.Text.Json.Serialization;

namespace SongMood.Embeddings;

/// <summary>How a patch lies in the network's input.</summary>
public enum PatchLayout
{
    /// <summary>(frames, bands): musicnn, YAMNet, and most others that come from Python.</summary>
    FramesByBands,

    /// <summary>(bands, frames): as spectrograms lie in this library and in librosa.</summary>
    BandsByFrames,
}

/// <summary>What becomes of the embeddings of a clip's patches; several of them follow one another.</summary>
[Flags]
public enum PatchPooling
{
    /// <summary>Their mean.</summary>
    Mean = 1,

    /// <summary>Their standard deviation over the patches; 0 where there is one.</summary>
    Deviation = 2,

    /// <summary>The largest of each value.</summary>
    Maximum = 4,
}

/// <summary>What becomes of the frames behind the last whole patch.</summary>
public enum PatchRest
{
    /// <summary>They are left out; a clip that is shorter than one patch is filled up to one.</summary>
    Drop,

    /// <summary>They are filled up to a patch.</summary>
    Fill,
}

/// <summary>The operators that a network may be made of: each has been looked at for what it takes and what it could do.</summary>
public enum GraphOperators
{
    /// <summary>Those that SongMood writes itself.</summary>
    SongMood,

    /// <summary>
    /// Also those of the usual convolutional taggers: convolutions and pooling over two axes, in groups, with padding; reductions,
    /// activations, normalisation. None of them can loop, read a file, or make a shape of numbers that are only known when it runs.
    /// </summary>
    Tagging,
}

/// <summary>Options of <c>EmbedSpectrogram</c>; exactly one of <see cref="Model"/> and <see cref="ModelBytes"/>.</summary>
public sealed record EmbedSpectrogramOptions
{
    /// <summary>
    /// The path of the network, an ONNX file with its weights in it. It is read once: what is saved has the network itself. Default: not
    /// given.
    /// </summary>
    [JsonIgnore]
    public string? Model { get; init; }

    /// <summary>The network in ONNX's format, in place of a file. Default: not given.</summary>
    [JsonIgnore]
    public byte[]? ModelBytes { get; init; }

    /// <summary>Frames of a patch, 1 to 65,536. Default (null): as the network's input says.</summary>
    public int? PatchFrames { get; init; }

    /// <summary>Frames from one patch to the next, 1 or more. Default (null): <see cref="PatchFrames"/>, side by side.</summary>
    public int? PatchHop { get; init; }

    /// <summary>How a patch lies in the network's input. Default: frames by bands.</summary>
    public PatchLayout Layout { get; init; } = PatchLayout.FramesByBands;

    /// <summary>
    /// For a spectrogram in decibels: its values are taken relative to the clip's largest, which becomes 0, and what is more than this
    /// below it becomes minus this, so that neither loudness nor the decibels' reference matter. Above 0. Default (null): values as they
    /// are.
    /// </summary>
    public double? BelowMaximumDb { get; init; }

    /// <summary>The network's output to take. Default (null): its only one, or the one called "embedding".</summary>
    public string? OutputName { get; init; }

    /// <summary>What becomes of the patches of a clip. Default: their mean.</summary>
    public PatchPooling Pooling { get; init; } = PatchPooling.Mean;

    /// <summary>What becomes of the frames behind the last whole patch. Default: they are left out.</summary>
    public PatchRest Rest { get; init; } = PatchRest.Drop;

    /// <summary>
    /// The most patches that are run at once, 1 to 1,024; fewer where they would take more than 1 GiB, one where the network takes one.
    /// Default 16.
    /// </summary>
    public int BatchPatches { get; init; } = 16;

    /// <summary>The operators that the network may be made of. Default: those that SongMood writes.</summary>
    public GraphOperators Operators { get; init; } = GraphOperators.SongMood;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Model is null != ModelBytes is null, "Model and ModelBytes", Model is null ? "neither given" : "both given",
            "exactly one");
        faults.Need(PatchFrames is null or (>= 1 and <= Scoring.PatchGraphCheck.MostSize), nameof(PatchFrames), PatchFrames,
            $"from 1 to {Scoring.PatchGraphCheck.MostSize}, or null");
        faults.Need(PatchHop is null or >= 1, nameof(PatchHop), PatchHop, "at least 1, or null");
        faults.NeedDefined(Layout, nameof(Layout));
        faults.Need(BelowMaximumDb is null or (> 0 and < double.PositiveInfinity), nameof(BelowMaximumDb), BelowMaximumDb,
            "above 0, or null");
        faults.Need(OutputName is null or { Length: > 0 }, nameof(OutputName), "\"\"", "a name, or null");
        faults.Need((Pooling & ~(PatchPooling.Mean | PatchPooling.Deviation | PatchPooling.Maximum)) == 0 && Pooling != 0, nameof(Pooling),
            (int)Pooling, "Mean, Deviation, Maximum, or several of them");
        faults.NeedDefined(Rest, nameof(Rest));
        faults.Need(BatchPatches is >= 1 and <= 1024, nameof(BatchPatches), BatchPatches, "from 1 to 1024");
        faults.NeedDefined(Operators, nameof(Operators));
        faults.ThrowIfAny(nameof(EmbedSpectrogramOptions));
    }
}
