using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>What a model file keeps of <see cref="MusicDescriptorsOptions"/>.</summary>
internal sealed record SavedMusicDescriptors
{
    // In the first model files, the preset was one of the groups.
    private const string ElevenAsGroup = "Eleven";

    /// <summary>The groups' names, with commas between them.</summary>
    public string Groups { get; init; } = $"{DescriptorGroups.All}";

    public string[] Names { get; init; } = [];

    public string? MelOutputColumnName { get; init; }

    public static SavedMusicDescriptors Of(MusicDescriptorsOptions options) => new()
    {
        Groups = $"{options.Groups}",
        Names = [.. options.Names],
        MelOutputColumnName = options.MelOutputColumnName,
    };

    /// <exception cref="FormatException">A group does not exist.</exception>
    public MusicDescriptorsOptions ToOptions()
    {
        var (groups, names) = (DescriptorGroups.None, Names.AsEnumerable());
        foreach (var group in Groups.Split(',', StringSplitOptions.TrimEntries))
            if (group == ElevenAsGroup)
                names = names.Union(MusicDescriptorExtractor.Eleven);
            else
                groups |= Enum.TryParse<DescriptorGroups>(group, out var known) ? known : throw new FormatException(
                    $"there is no group of descriptors '{group}'; known are {string.Join(", ", Enum.GetNames<DescriptorGroups>())}");
        return new() { Groups = groups, Names = [.. names], MelOutputColumnName = MelOutputColumnName };
    }
}
