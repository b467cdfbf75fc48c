using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>Options of <c>MusicDescriptors</c>.</summary>
public sealed class MusicDescriptorsOptions
{
    /// <summary>
    /// Which groups of descriptors; <see cref="DescriptorGroups.Eleven"/> adds the preset's to the others'. Default
    /// <see cref="DescriptorGroups.All"/>.
    /// </summary>
    public DescriptorGroups Groups { get; init; } = DescriptorGroups.All;

    /// <summary>
    /// A column to write the mel spectrogram to as well, from the same frames: what <c>MelSpectrogram</c> gives with its default
    /// options. Default null: none.
    /// </summary>
    public string? MelOutputColumnName { get; init; }

    internal void Validate(string outputColumnName)
    {
        var faults = new OptionFaults();
        faults.Need(Groups != DescriptorGroups.None && (Groups & ~(DescriptorGroups.All | DescriptorGroups.Eleven)) == 0,
            nameof(Groups), Groups, $"one or more of {string.Join(", ", Enum.GetNames<DescriptorGroups>()[1..])}");
        faults.Need(MelOutputColumnName != "", nameof(MelOutputColumnName), "empty", "a column's name, or null");
        faults.Need(MelOutputColumnName != outputColumnName, nameof(MelOutputColumnName), $"'{MelOutputColumnName}'",
            "another name than the descriptors' column has");
        faults.ThrowIfAny(nameof(MusicDescriptorsOptions));
    }
}
