using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>Options of <c>MusicDescriptors</c>.</summary>
public sealed record MusicDescriptorsOptions
{
    /// <summary>
    /// A preset: eleven descriptors, in the role (not with the values) of the eleven columns that a closed web API gave
    /// (<see cref="MusicDescriptorExtractor.Eleven"/>).
    /// </summary>
    public static MusicDescriptorsOptions Eleven { get; } = new()
    {
        Groups = DescriptorGroups.None,
        Names = MusicDescriptorExtractor.Eleven,
    };

    /// <summary>Which whole groups of descriptors. Default <see cref="DescriptorGroups.All"/>.</summary>
    public DescriptorGroups Groups { get; init; } = DescriptorGroups.All;

    /// <summary>
    /// Single descriptors besides, by their names (docs/descriptors.md). Default: none. Slots have one order, whatever the order is here.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// A column to write the mel spectrogram to as well, from the same frames: what <c>MelSpectrogram</c> gives with its default
    /// options. Default null: none.
    /// </summary>
    public string? MelOutputColumnName { get; init; }

    internal void Validate(string outputColumnName)
    {
        var faults = new OptionFaults();
        MusicDescriptorExtractor.Check(faults, Groups, Names);
        faults.Need(MelOutputColumnName != "", nameof(MelOutputColumnName), "empty", "a column's name, or null");
        faults.Need(MelOutputColumnName != outputColumnName, nameof(MelOutputColumnName), $"'{MelOutputColumnName}'",
            "another name than the descriptors' column has");
        faults.ThrowIfAny(nameof(MusicDescriptorsOptions));
    }
}
