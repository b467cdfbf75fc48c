using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using SongMood.Prediction;
using SongMood.Similarity;

namespace MoodPage.Listening;

/// <summary>
/// Remembers the songs of each visit for as long as it lasts, in memory only. A visit is one loaded page: its number stands in the page's
/// form, so that there is no cookie, and a page that is loaded anew begins with no songs.
/// </summary>
public sealed class Visits(MoodPredictor predictor, PageLimits limits) : IDisposable
{
    private const int IdBytes = 16;

    /// <summary>Letters of a visit's number: base64, which nobody guesses.</summary>
    public const int IdLength = 22;

    // Where all places are taken, the cache refuses a new visit and makes room for the next: the songs of one are then not remembered.
    private readonly MemoryCache _visits = new(new MemoryCacheOptions { SizeLimit = limits.VisitsRemembered });

    /// <summary>How many are remembered.</summary>
    internal int Count => _visits.Count;

    /// <summary>A number for a page that is loaded.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The visit of this number, if it is remembered.</summary>
    public Visit? Find(string? id) => IsId(id) ? _visits.Get<Visit>(id) : null;

    /// <summary>The visit of this number, or a new one: where there is none, it gets this number; where it is no number, one of its own.
    /// </summary>
    public Visit FindOrBegin(string? id)
    {
        if (Find(id) is { } known)
            return known;
        var visit = new Visit(IsId(id) ? id : NewId(), predictor, limits.SongsRemembered);
        return _visits.Set(visit.Id, visit, new MemoryCacheEntryOptions
        {
            Size = 1,
            SlidingExpiration = TimeSpan.FromMinutes(limits.VisitMinutes),
        });
    }

    private static bool IsId([NotNullWhen(true)] string? id) => id is { Length: IdLength } && Base64Url.IsValid(id);

    public void Dispose() => _visits.Dispose();
}

/// <summary>The songs of one visit.</summary>
public sealed class Visit(string id, MoodPredictor predictor, int mostSongs)
{
    private const int MostAlike = 3;

    private readonly Lock _lock = new();
    private RememberedSong[] _songs = [];
    private int _lastNumber;

    /// <summary>Its number.</summary>
    public string Id => id;

    /// <summary>The songs that are remembered, in the order in which they were heard.</summary>
    public IReadOnlyList<RememberedSong> Songs => _songs;

    /// <summary>Remembers a song, and says which of those before it sound like it.</summary>
    public HeardSong Add(string title, Hearing hearing)
    {
        lock (_lock)
        {
            var earlier = _songs;
            var song = new RememberedSong(++_lastNumber, title, hearing.Timeline.Song);
            _songs = [.. earlier.TakeLast(mostSongs - 1), song];
            return new HeardSong(song, hearing, earlier, Alike(song.Prediction, earlier));
        }
    }

    private IReadOnlyList<AlikeSong> Alike(MoodPrediction prediction, RememberedSong[] songs)
    {
        if (songs.Length == 0 || predictor.EmbeddingSize == 0) // not every model gives what can be compared
            return [];
        // Made anew for each song: an index has room for thousands from the start, too much to keep for each visit.
        var index = new SongIndex(predictor);
        var byName = songs.ToDictionary(song => $"{song.Number}");
        foreach (var (name, song) in byName)
            index.Add(name, song.Prediction);
        return [.. index.Nearest(prediction, new SimilarityOptions { Count = MostAlike })
            .Where(similar => similar.Similarity > 0) // others do not sound alike at all
            .Select(similar => new AlikeSong(byName[similar.Song.Name], similar.Similarity))];
    }
}
