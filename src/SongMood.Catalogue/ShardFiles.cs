using System.Globalization;

namespace SongMood.Catalogue;

/// <summary>
/// Where shards lie until they are merged: in the folder <c>FILE.shards</c> beside the file that is to be, each as <c>03-of-16.parquet</c>.
/// </summary>
internal static class ShardFiles
{
    private const string Suffix = ".parquet", Between = "-of-";

    public static string FolderOf(string output) => output + ".shards";

    public static string PathOf(string output, Shard shard)
    {
        var count = shard.Count.ToString(CultureInfo.InvariantCulture);
        var number = shard.Number.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length, '0');
        return Path.Combine(FolderOf(output), number + Between + count + Suffix);
    }

    /// <summary>Unfinished work on a file, which goes on from there.</summary>
    public static string JournalOf(string path) => path + ".journal";

    /// <summary>The shards that are there, finished ones.</summary>
    public static IEnumerable<Shard> Find(string output)
    {
        if (!Directory.Exists(FolderOf(output)))
            yield break;
        foreach (var file in Directory.GetFiles(FolderOf(output), "*" + Suffix))
            if (Shard.TryParse(Path.GetFileNameWithoutExtension(file).Replace(Between, "/"), out var shard)
                && Path.GetFileName(PathOf(output, shard)) == Path.GetFileName(file)
                && File.Exists(AtomicFile.LinkedFrom(file))) // which a link to nothing does not
                yield return shard;
    }
}
