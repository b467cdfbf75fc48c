using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>
/// Makes one mood of those that differ only in case or blanks: "Happy", "happy " and "HAPPY" would be learnt as three. So would "Träge" as
/// Macs write it in the names of folders, with the accent as a letter of its own. The most frequent spelling stays; of equally frequent
/// ones, the first.
/// </summary>
internal sealed class MoodSpellings
{
    private readonly Dictionary<string, string> _chosen = [];
    private readonly List<string> _remarks = [];

    /// <param name="moods">The mood of each song, as it is written.</param>
    public MoodSpellings(IEnumerable<string> moods)
    {
        foreach (var spellings in moods.CountBy(mood => mood).GroupBy(spelling => Key(spelling.Key)))
        {
            // The sort is stable, so that the first of equally frequent spellings stays the first.
            var ordered = spellings.OrderByDescending(spelling => spelling.Value).Select(spelling => spelling.Key).ToArray();
            _chosen[spellings.Key] = ordered[0];
            if (ordered.Length > 1)
                _remarks.Add("Moods that differ only in case or blanks are one: "
                    + string.Join(" and ", ordered.Skip(1).Select(mood => $"'{mood}'"))
                    + $" {(ordered.Length > 2 ? "are" : "is")} read as '{ordered[0]}'.");
        }
    }

    /// <summary>What was made one, for people.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The spelling that stays of a mood.</summary>
    public string this[string mood] => _chosen[Key(mood)];

    /// <summary>Equal for moods that are one.</summary>
    public static string Key(string mood) => GroupName.KeyWithAccents(mood) ?? "";
}
