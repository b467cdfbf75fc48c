using System.Globalization;
using System.Text.Json;

namespace SongMood.Catalogue;

/// <summary>A line between processes: the song's place in the list, a space, and JSON.</summary>
internal static class WorkerMessage
{
    public static string Write<T>(long id, T value) => string.Create(CultureInfo.InvariantCulture, $"{id} {CatalogueJson.Write(value)}");

    /// <summary>What a line says; null where it is torn, as the last one of a process that died may be.</summary>
    public static (long Id, T Value)? TryRead<T>(string line)
    {
        try
        {
            var space = line.IndexOf(' ');
            return space > 0 && long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? (id, CatalogueJson.Read<T>(line[(space + 1)..])) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
