using System.Numerics.Tensors;
using SongMood.Prediction;

namespace SongMood.Similarity;

/// <summary>
/// Songs by what they sound like: finds those that are most like another, by the cosine of their embeddings
/// (<see cref="MoodPrediction.Embedding"/>). Every song is compared: 100,000 songs of 256 numbers take about 100 MB, and some 10 ms. Many
/// threads may look at once, while none adds.
/// </summary>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained();
/// var index = new SongIndex(predictor);
/// foreach (var song in AudioFolder.Open("music").Files)
///     index.Add(song, predictor.Predict(song));
/// index.Save("music.index"); // SongIndex.Load reads it
/// foreach (var similar in index.Nearest(predictor.Predict("song.mp3"), new SimilarityOptions { Count = 3 }))
///     Console.WriteLine($"{similar.Similarity:0.00} {similar.Song.Name}");
/// </code></example>
public sealed class SongIndex
{
    private const int BlockNumbers = 1 << 20; // 4 MiB

    private readonly int _blockSongs;
    private readonly List<IndexedSong> _songs = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<float[]> _blocks = []; // of rows of length 1, _blockSongs in each

    /// <summary>An index without songs.</summary>
    /// <param name="predictor">The model whose embeddings are compared; those of another mean something else.</param>
    /// <exception cref="ArgumentException">The model gives no embeddings; <see cref="MoodPrediction.Embedding"/> says which do.</exception>
    public SongIndex(MoodPredictor predictor)
        : this(predictor?.ModelId ?? throw new ArgumentNullException(nameof(predictor)), predictor.EmbeddingSize)
    {
        if (predictor.EmbeddingSize == 0)
            throw new ArgumentException("The model gives no embedding, by which songs could be compared: it ends neither in a network of "
                + "SongMood's nor in one over a music embedding. Take the pretrained model, or train one with 'songmood train'.",
                nameof(predictor));
    }

    internal SongIndex(string modelId, int embeddingSize)
    {
        (ModelId, EmbeddingSize) = (modelId, embeddingSize);
        _blockSongs = Math.Max(1, BlockNumbers / Math.Max(1, embeddingSize));
    }

    /// <summary>Which model the embeddings are of (<see cref="MoodPredictor.ModelId"/>).</summary>
    public string ModelId { get; }

    /// <summary>Numbers of an embedding.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The songs, in the order in which they were added.</summary>
    public IReadOnlyList<IndexedSong> Songs => _songs;

    /// <summary>Such as "12 songs, 256 numbers each".</summary>
    public override string ToString() => $"{Plural.Of(Songs.Count, "song")}, {Plural.Of(EmbeddingSize, "number")} each";

    /// <summary>Adds a song, in place of one of the same name.</summary>
    /// <param name="name">What it is called, such as its path.</param>
    /// <param name="prediction">What the model of this index says of it.</param>
    /// <exception cref="ArgumentException">The name is empty, the prediction is of another model, or the embedding has another size, or
    /// holds NaN or infinity.</exception>
    public void Add(string name, MoodPrediction prediction)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(prediction);
        Add(new IndexedSong(name, prediction.Mood, prediction.Scores[prediction.Mood], prediction.Features),
            Unit(prediction, nameof(prediction)));
    }

    /// <summary>The songs that are most like one, the most alike first; of equal ones, the first added.</summary>
    /// <param name="prediction">What the model of this index says of the song.</param>
    /// <param name="options">How many, and which; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the embedding is of another model.</exception>
    public IReadOnlyList<SimilarSong> Nearest(MoodPrediction prediction, SimilarityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        options ??= new SimilarityOptions();
        options.Validate();
        var wanted = Unit(prediction, nameof(prediction));
        var best = new PriorityQueue<int, (float Similarity, int Later)>(); // the least alike of them first
        for (var song = 0; song < _songs.Count; song++)
        {
            if (!options.Accepts(_songs[song]))
                continue;
            var rank = (TensorPrimitives.Dot(wanted, Row(song)), -song);
            if (best.Count < options.Count)
                best.Enqueue(song, rank);
            else if (best.TryPeek(out _, out var least) && rank.CompareTo(least) > 0)
                best.EnqueueDequeue(song, rank);
        }
        return [.. best.UnorderedItems.OrderByDescending(item => item.Priority)
            .Select(item => new SimilarSong(_songs[item.Element], item.Priority.Similarity))];
    }

    /// <summary>Writes the index into a file; one that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => SongIndexFile.Write(this, stream));
    }

    /// <summary>Reads an index that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no index, is damaged, or was written by a later version.</exception>
    public static SongIndex Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no index {path}; 'songmood index' or SongIndex.Save writes one.", path);
        if (SpecialFile.Fault(path) is { } fault)
            throw new InvalidDataException($"{path}: {fault}.");
        using var stream = File.OpenRead(path);
        return SongIndexFile.Read(stream, path);
    }

    /// <summary>The embedding of a song, of length 1.</summary>
    internal Span<float> Row(int song) => _blocks[song / _blockSongs].AsSpan(song % _blockSongs * EmbeddingSize, EmbeddingSize);

    internal void Add(IndexedSong song, ReadOnlySpan<float> unit)
    {
        if (!_places.TryGetValue(song.Name, out var place))
        {
            _places.Add(song.Name, place = _songs.Count);
            _songs.Add(song);
            if (place / _blockSongs == _blocks.Count)
                _blocks.Add(new float[_blockSongs * EmbeddingSize]);
        }
        _songs[place] = song;
        unit.CopyTo(Row(place));
    }

    private float[] Unit(MoodPrediction prediction, string parameter)
    {
        if (prediction.ModelId is { Value: var id } && id != ModelId)
            throw new ArgumentException($"The prediction is of another model (its id is {id}) than the songs of this index ({ModelId}), "
                + "and its embedding means something else: predict the song by the model that the index was made with.", parameter);
        float[] unit = [.. prediction.Embedding];
        if (unit.Length != EmbeddingSize || !unit.All(float.IsFinite))
            throw new ArgumentException(unit.Length == EmbeddingSize ? "The embedding holds NaN or infinity; expected numbers."
                : $"The embedding has {Plural.Of(unit.Length, "number")}, and those of this index have {EmbeddingSize}: predict the "
                    + "song by the model that the index was made with.", parameter);
        var length = TensorPrimitives.Norm<float>(unit);
        if (length > 0) // else it is like no other
            TensorPrimitives.Divide(unit, length, unit);
        return unit;
    }
}
