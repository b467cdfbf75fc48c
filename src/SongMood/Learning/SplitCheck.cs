using System.Runtime.InteropServices;
using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>
/// Looks whether a split of songs leaks: whether a group (an artist) or one and the same song is in more than one part. It knows nothing
/// of how the split was made, so that it also tells where a split of one's own, or two label files, overlap.
/// </summary>
/// <example><code>
/// var songs = LabelledSongs.Read("labels.csv").Songs;
/// var check = SplitCheck.Of(songs, [.. songs.Select((_, number) => number % 2)]);
/// foreach (var line in check.Describe())
///     Console.WriteLine(line); // such as "LEAK: ..." where an artist is in both parts
/// </code></example>
public sealed class SplitCheck
{
    private const int NamesShown = 5;

    private SplitCheck(int songCount, int partCount, int groupCount, int withoutGroup, IReadOnlyList<SplitLeak> leaks) =>
        (SongCount, PartCount, GroupCount, SongsWithoutGroup, Leaks) = (songCount, partCount, groupCount, withoutGroup, leaks);

    /// <summary>The songs that were looked at.</summary>
    public int SongCount { get; }

    /// <summary>The parts that have a song.</summary>
    public int PartCount { get; }

    /// <summary>The different groups; names that differ only in case, accents or white space are one.</summary>
    public int GroupCount { get; }

    /// <summary>The songs that name no group: whether they are apart cannot be told.</summary>
    public int SongsWithoutGroup { get; }

    /// <summary>What is in more than one part, group leaks first; empty for a sound split.</summary>
    public IReadOnlyList<SplitLeak> Leaks { get; }

    /// <summary>Whether every song names its group and no group is in more than one part.</summary>
    public bool GroupsAreApart => SongsWithoutGroup == 0 && Leaks.All(leak => leak.Kind != SplitLeakKind.Group);

    /// <summary>Checks a split.</summary>
    /// <param name="songs">The songs.</param>
    /// <param name="parts">The part that each song is in: any numbers.</param>
    /// <param name="features">The features of each song, where equal ones shall be looked for; null for
    /// <see cref="LabelledSong.Features"/>.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static SplitCheck Of(IReadOnlyList<LabelledSong> songs, IReadOnlyList<int> parts, IReadOnlyList<float[]>? features = null)
    {
        ArgumentNullException.ThrowIfNull(songs);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count != songs.Count || (features is not null && features.Count != songs.Count))
            throw new ArgumentException($"Expected a part, and features if any, for each of {Plural.Of(songs.Count, "song")}; found "
                + $"{Plural.Of(parts.Count, "part")} and {Plural.Of(features?.Count ?? songs.Count, "row")} of features.");
        var all = Enumerable.Range(0, songs.Count).ToArray();
        string?[] groups = [.. songs.Select(song => GroupName.Key(song.Group))];
        var leaks = new List<SplitLeak>();
        Find(SplitLeakKind.Group, song => groups[song], song => songs[song].Group!);
        Find(SplitLeakKind.AudioFile, song => songs[song].AudioPath is { } path ? Path.GetFullPath(path) : null,
            song => songs[song].AudioPath!);
        Find(SplitLeakKind.Id, song => songs[song].Id, song => songs[song].Id!);
        Find(SplitLeakKind.Features, song => (features?[song] ?? songs[song].Features) is { Length: > 0 } row ? row : null,
            song => SongFault.PlaceOf(songs[song]), new SameBits());
        return new SplitCheck(songs.Count, parts.Distinct().Count(), groups.Where(group => group is not null).Distinct().Count(),
            groups.Count(group => group is null), leaks);

        void Find<TKey>(SplitLeakKind kind, Func<int, TKey?> key, Func<int, string> name,
            IEqualityComparer<TKey>? comparer = null) where TKey : class =>
            leaks.AddRange(all.Where(song => key(song) is not null).GroupBy(song => key(song)!, comparer)
                .Where(same => same.Select(song => parts[song]).Distinct().Count() > 1)
                .Select(same => new SplitLeak { Kind = kind, Name = name(same.First()), Songs = [.. same] }));
    }

    /// <summary>The outcome in words, a finding a line; the first line is about groups.</summary>
    /// <param name="group">What a group is called: "artist".</param>
    /// <param name="part">What a part is called: "fold".</param>
    public IReadOnlyList<string> Describe(string group = "artist", string part = "fold")
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        ArgumentException.ThrowIfNullOrEmpty(part);
        var @checked = $"(checked: {Plural.Of(GroupCount, group)}, {Plural.Of(PartCount, part)})";
        var found = new List<string>();
        if (GroupCount == 0)
            found.Add($"no song names its {group}: whether one is on both sides cannot be checked");
        else if (Of(SplitLeakKind.Group) is { Length: > 0 } shared)
            found.Add($"LEAK: {Plural.Of(shared.Length, group)} on both sides {@checked}: {Names(shared)}");
        else
            found.Add($"no {group} on both sides {@checked}");
        if (GroupCount > 0 && SongsWithoutGroup > 0)
            found.Add($"{Plural.Of(SongsWithoutGroup, "song names", "songs name")} no {group}: whether "
                + $"{Plural.Word(SongsWithoutGroup, "it is", "they are")} apart cannot be checked");
        if (Of(SplitLeakKind.AudioFile) is { Length: > 0 } files)
            found.Add($"LEAK: {Plural.Of(files.Length, "audio file")} on both sides: {Names(files)}");
        if (Of(SplitLeakKind.Id) is { Length: > 0 } ids)
            found.Add($"LEAK: {Plural.Of(ids.Length, "id")} on both sides: {Names(ids)}");
        if (Of(SplitLeakKind.Features) is { Length: > 0 } rows)
            found.Add(
                $"likely leak: {Plural.Of(rows.Length, "row")} of equal features on both sides, which may be one recording: {Names(rows)}");
        return found;
    }

    /// <summary>What <see cref="Describe"/> says, in one line.</summary>
    public override string ToString() => string.Join("; ", Describe());

    private SplitLeak[] Of(SplitLeakKind kind) => [.. Leaks.Where(leak => leak.Kind == kind)];

    private static string Names(SplitLeak[] leaks) =>
        string.Join(", ", leaks.Take(NamesShown).Select(leak => leak.Name))
        + (leaks.Length > NamesShown ? $" and {leaks.Length - NamesShown} more" : "");

    /// <summary>Feature rows that are equal to the last bit.</summary>
    private sealed class SameBits : IEqualityComparer<float[]>
    {
        public bool Equals(float[]? x, float[]? y) => MemoryMarshal.AsBytes(x.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(y.AsSpan()));

        public int GetHashCode(float[] row)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(row.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
