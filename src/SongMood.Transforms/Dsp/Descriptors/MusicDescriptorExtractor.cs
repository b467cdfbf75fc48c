using System.Collections.Immutable;
using SongMood.Dsp.Descriptors.Groups;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Sums a song up in named numbers: loudness, dynamics, rhythm, tonality, spectrum, timbre and modulation (docs/descriptors.md).
/// Input: a mono signal at <see cref="SampleRate"/>. Not thread-safe: it owns its buffers, which grow with the longest song seen, so
/// that a song as long as one before allocates nothing worth mention. Make one for each thread.
/// </summary>
/// <example><code>
/// var samples = AudioFile.Read("song.mp3", new() { Mono = true, SampleRate = MusicDescriptorExtractor.SampleRate }).ToMono();
/// var extractor = new MusicDescriptorExtractor(DescriptorGroups.Loudness | DescriptorGroups.Rhythm);
/// var values = new float[extractor.Names.Length];
/// extractor.Compute(samples, values);
/// Console.WriteLine($"{extractor.Names[0]}: {values[0]}");
/// </code></example>
public sealed class MusicDescriptorExtractor
{
    /// <summary>The sample rate that signals must have, Hz.</summary>
    public const int SampleRate = FrameAnalysis.SampleRate;

    /// <summary>Samples from one frame to the next.</summary>
    internal const int HopLength = FrameAnalysis.HopLength;

    /// <summary>Mel bands that <see cref="Compute(ReadOnlySpan{float}, Span{float}, Span{float})"/> hands out.</summary>
    public const int MelBandCount = FrameAnalysis.BandCount;

    private readonly DescriptorGroup[] _groups;
    private readonly DescriptorGroups _needed;
    private readonly SongAnalysis _song = new();
    private readonly SlotWriter _slots;
    private readonly int[] _chosen; // slots of all computed groups that go out

    /// <summary>Prepares the tables for these groups.</summary>
    /// <param name="groups">Whole groups. Default: all.</param>
    /// <param name="names">Single descriptors besides, such as the preset <see cref="Eleven"/>. Default: none.</param>
    /// <exception cref="ArgumentException">No descriptor, or a group or name that does not exist.</exception>
    public MusicDescriptorExtractor(DescriptorGroups groups = DescriptorGroups.All, IReadOnlyList<string>? names = null)
    {
        var isChosen = Choice(groups, names);
        _groups = [.. AllGroups().Where(group => group.Names.Any(name => isChosen(group.Group, name)))];
        _needed = _groups.Aggregate(DescriptorGroups.None, (sum, group) => sum | group.Group);
        var all = _groups.SelectMany(group => group.Names.Select(name => (group, name))).ToArray();
        _chosen = [.. Enumerable.Range(0, all.Length).Where(i => isChosen(all[i].group.Group, all[i].name))];
        Names = [.. _chosen.Select(i => all[i].name)];
        _slots = new SlotWriter(all.Length);
    }

    /// <summary>The names of the descriptors, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>
    /// A preset: the names of eleven descriptors, in the role (not with the values) of the eleven columns that a closed web API gave
    /// (docs/descriptors.md).
    /// </summary>
    public static ImmutableArray<string> Eleven { get; } = [.. DescriptorNames.Eleven];

    /// <summary>The names of the descriptors of some groups, and of single ones besides, in the order in which they are written.</summary>
    /// <param name="groups">Whole groups.</param>
    /// <param name="names">Single descriptors besides. Default: none.</param>
    /// <exception cref="ArgumentException">No descriptor, or a group or name that does not exist.</exception>
    public static ImmutableArray<string> NamesOf(DescriptorGroups groups, IReadOnlyList<string>? names = null)
    {
        var isChosen = Choice(groups, names);
        return [.. DescriptorNames.ByGroup.SelectMany(entry => entry.Names.Where(name => isChosen(entry.Group, name)))];
    }

    /// <summary>Frames of the mel spectrogram of a signal of this many samples: 1 + samples / 512, rounded down.</summary>
    public static int FrameCount(int sampleCount) => FrameAnalysis.FramesOf(sampleCount);

    /// <summary>
    /// Computes the descriptors. Every value is finite, whatever the signal is (docs/descriptors.md says what silence gives).
    /// </summary>
    /// <param name="samples">Mono, at <see cref="SampleRate"/>, finite, at least one.</param>
    /// <param name="descriptors">As many as <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">No sample, one that is not finite or above 1e14 (its index is named), or no room for the
    /// result.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> descriptors)
    {
        RequireUsable(samples);
        Samples.RequireLength(descriptors.Length, Names.Length, 1, nameof(descriptors));
        _song.Run(samples, _needed);
        _slots.Clear();
        foreach (var group in _groups)
        {
            var before = _slots.Count;
            group.Write(samples, _song, _slots);
            if (_slots.Count - before != group.Names.Length)
                throw new InvalidOperationException(
                    $"{group.Group} wrote {_slots.Count - before} descriptors, but has {group.Names.Length} names.");
        }
        for (var i = 0; i < _chosen.Length; i++)
            descriptors[i] = _slots.Values[_chosen[i]];
    }

    /// <summary>
    /// The same, and the mel spectrogram (powers; <see cref="MelSpectrogram"/> with its default options) from the same frames.
    /// </summary>
    /// <param name="samples">Mono, at <see cref="SampleRate"/>, finite, at least one.</param>
    /// <param name="descriptors">As many as <see cref="Names"/>.</param>
    /// <param name="melBandsByFrames">(bands, frames), row-major: <see cref="MelBandCount"/> x <see cref="FrameCount"/>.</param>
    /// <exception cref="ArgumentException">No sample, one that is not finite or above 1e14 (its index is named), or no room for the
    /// results.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> descriptors, Span<float> melBandsByFrames)
    {
        Samples.RequireLength(melBandsByFrames.Length, MelBandCount, FrameCount(samples.Length), nameof(melBandsByFrames));
        Compute(samples, descriptors);
        Mel.CopyTo(melBandsByFrames);
    }

    /// <summary>The mel spectrogram of the signal that was computed last, until the next.</summary>
    internal ReadOnlySpan<float> Mel => _song.Frames.Mel;

    internal static void RequireUsable(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("There is no sample; music descriptors need at least one.", nameof(samples));
        Samples.RequireFinite(samples);
    }

    /// <summary>Adds what is wrong with a choice of descriptors.</summary>
    internal static void Check(OptionFaults faults, DescriptorGroups groups, IReadOnlyList<string>? names)
    {
        var known = string.Join(", ", Enum.GetNames<DescriptorGroups>()[1..]);
        faults.Need((groups & ~DescriptorGroups.All) == 0, "Groups", groups, $"some of {known}");
        faults.Need(groups != DescriptorGroups.None || names is { Count: > 0 }, "Groups", groups, $"one or more of {known}, or Names");
        string?[] unknown = [.. (names ?? []).Where(name => !DescriptorNames.ByGroup.Any(entry => entry.Names.Contains(name)))];
        faults.Need(unknown.Length == 0, "Names", $"with {string.Join(", ", unknown.Select(name => $"'{name}'"))}",
            "names of descriptors (docs/descriptors.md)");
    }

    /// <summary>Whether a descriptor of a group is chosen.</summary>
    private static Func<DescriptorGroups, string, bool> Choice(DescriptorGroups groups, IReadOnlyList<string>? names)
    {
        var faults = new OptionFaults();
        Check(faults, groups, names);
        faults.ThrowIfAny(nameof(MusicDescriptorExtractor));
        var single = (names ?? []).ToHashSet();
        return (group, name) => (groups & group) != 0 || single.Contains(name);
    }

    private static DescriptorGroup[] AllGroups() =>
    [
        new LoudnessGroup(), new DynamicsGroup(), new RhythmGroup(), new DanceabilityGroup(), new TonalityGroup(), new ChromaGroup(),
        new HarmonicChangeGroup(), new SpectrumGroup(), new ContrastGroup(), new ZeroCrossingsGroup(), new MfccGroup(), new MelBandsGroup(),
        new RoughnessGroup(), new ModulationGroup(),
    ];
}
