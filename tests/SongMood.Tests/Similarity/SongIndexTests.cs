using System.IO.Compression;
using SongMood.Prediction;
using SongMood.Similarity;
using SongMood.Tests.Cli;

namespace SongMood.Tests.Similarity;

public sealed class SongIndexTests(TrainedTones tones) : IDisposable
{
    private const int Size = 16;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults_are_pinned_and_ranges_checked()
    {
        Assert.Equal(
            new SimilarityOptions { Count = 10, Mood = null, MinimumTempoBpm = null, MaximumTempoBpm = null, Except = null },
            new SimilarityOptions());
        var error = Assert.Throws<ArgumentException>(() => new SongIndex("model", Size).Nearest(Song(1),
            new SimilarityOptions { Count = 0, MinimumTempoBpm = 120, MaximumTempoBpm = 100 }));
        Assert.Contains("Count is 0", error.Message);
        Assert.Contains("MinimumTempoBpm is 120, expected at most MaximumTempoBpm, 100", error.Message);
    }

    /// <summary>The slow twin sorts all songs by a cosine of its own, in double precision.</summary>
    [Fact]
    public void The_nearest_are_those_of_the_highest_cosine()
    {
        var index = new SongIndex("model", Size);
        var songs = Enumerable.Range(0, 5000).Select(i => (Name: $"song {i}", Song: Song(i))).ToArray(); // more than a block
        foreach (var (name, song) in songs)
            index.Add(name, song);
        Assert.Equal(songs.Length, index.Songs.Count);
        foreach (var options in new[]
        {
            new SimilarityOptions(), new SimilarityOptions { Count = 3, Mood = "HAPPY" },
            new SimilarityOptions { MinimumTempoBpm = 90, MaximumTempoBpm = 110 }, new SimilarityOptions { Except = "song 77" },
            new SimilarityOptions { Count = 10_000, MinimumTempoBpm = 150 },
        })
        {
            var found = index.Nearest(songs[77].Song, options);
            var expected = songs.Where(song => options.Mood is null || song.Song.Mood == "happy")
                .Where(song => song.Name != options.Except)
                .Where(song => options.MinimumTempoBpm is null || song.Song.Features!.TempoBpm >= options.MinimumTempoBpm)
                .Where(song => options.MaximumTempoBpm is null || song.Song.Features!.TempoBpm <= options.MaximumTempoBpm)
                .OrderByDescending(song => Cosine(song.Song, songs[77].Song)).Take(options.Count).ToArray();
            Assert.InRange(expected.Length, 3, 4999);
            // Among thousands, two are as alike but for rounding.
            Assert.Equal(expected.Take(10).Select(song => song.Name), found.Take(10).Select(similar => similar.Song.Name));
            Assert.Equal(expected.Select(song => song.Name).Order(), found.Select(similar => similar.Song.Name).Order());
            Assert.All(found.Zip(expected), pair => Assert.Equal(Cosine(pair.Second.Song, songs[77].Song), pair.First.Similarity, 1e-5));
        }
        Assert.StartsWith("1.000 ", index.Nearest(songs[77].Song)[0].ToString());
        index.Add("song 77", songs[78].Song); // in place of the other
        Assert.Equal(songs.Length, index.Songs.Count);
        Assert.NotEqual("song 77", index.Nearest(songs[77].Song)[0].Song.Name);
    }

    [Fact]
    public void What_is_saved_is_what_is_loaded()
    {
        var index = new SongIndex("model", Size);
        for (var i = 0; i < 50; i++)
            index.Add($"söng {i}", i == 7 ? Song(i) with { Features = null } : Song(i));
        var path = _folder.File("songs.index");
        index.Save(path);
        var loaded = SongIndex.Load(path);
        Assert.Equal(("model", Size), (loaded.ModelId, loaded.EmbeddingSize));
        Assert.Equal(index.Songs, loaded.Songs);
        for (var i = 0; i < 50; i++)
            Assert.Equal(index.Nearest(Song(i)), loaded.Nearest(Song(i)));
        Assert.DoesNotContain(index.Nearest(Song(7), new SimilarityOptions { Count = 50, MinimumTempoBpm = 0 }),
            similar => similar.Song.Features is null);
    }

    /// <summary>Every file that is cut off, and thousands of changed ones: none is taken for an index.</summary>
    [Fact]
    public void A_damaged_index_is_refused()
    {
        var index = new SongIndex("model", Size);
        for (var i = 0; i < 5; i++)
            index.Add($"song {i}", Song(i));
        var path = _folder.File("songs.index");
        index.Save(path);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
            Refused(whole[..length]);
        foreach (var bytes in new[] { "no index at all"u8.ToArray(), [.. whole[..14], 2, .. whole[15..]] })
            Assert.Contains(path, Refused(bytes).Message);
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            Refused(changed);
        }
        Refused([.. whole, 0]);
        Assert.Contains("none.index", Assert.Throws<FileNotFoundException>(() => SongIndex.Load(_folder.File("none.index"))).Message);

        InvalidDataException Refused(byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            return Assert.Throws<InvalidDataException>(() => SongIndex.Load(path));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var index = new SongIndex(predictor);
        Assert.Equal((predictor.ModelId, predictor.EmbeddingSize), (index.ModelId, index.EmbeddingSize));
        Assert.Equal(64, index.ModelId.Length);
        index.Add("low", predictor.Predict(ToneFiles.Wav(300)));
        index.Add("high", predictor.Predict(ToneFiles.Wav(5000)));
        Assert.Equal(["low", "high"], index.Nearest(predictor.Predict(ToneFiles.Wav(320))).Select(similar => similar.Song.Name));
        Assert.Empty( // as none has a tempo
            index.Nearest(predictor.Predict(ToneFiles.Wav(320)), new SimilarityOptions { MaximumTempoBpm = 1000 }));
        Assert.Contains($"has {Size + 1} numbers", Assert.Throws<ArgumentException>(
            () => index.Add("other", Song(1) with { Embedding = new float[Size + 1] })).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => index.Nearest(
            Song(1) with { Embedding = [.. Enumerable.Repeat(float.NaN, index.EmbeddingSize)] })).Message);
        Assert.Throws<ArgumentException>(() => index.Add("", Song(1)));
    }

    /// <summary>The same network in another file, whose embeddings have as many numbers: only the model's id tells.</summary>
    [Fact]
    public void Songs_of_another_model_are_refused_though_their_embeddings_have_the_same_size()
    {
        var other = _folder.File("other.zip");
        File.Copy(tones.Model, other);
        using (var zip = ZipFile.Open(other, ZipArchiveMode.Update))
            zip.CreateEntry("note.txt");
        using var predictor = MoodPredictor.Load(tones.Model);
        using var stranger = MoodPredictor.Load(other);
        Assert.Equal(predictor.EmbeddingSize, stranger.EmbeddingSize);
        var index = new SongIndex(predictor);
        index.Add("low", predictor.Predict(ToneFiles.Wav(300)));
        var path = _folder.File("songs.index");
        index.Save(path);
        foreach (var each in new[] { index, SongIndex.Load(path) })
        {
            Assert.Contains("of another model", Assert.Throws<ArgumentException>(
                () => each.Nearest(stranger.Predict(ToneFiles.Wav(300)))).Message);
            Assert.Contains("of another model", Assert.Throws<ArgumentException>(
                () => each.Add("high", stranger.Predict(ToneFiles.Wav(5000)))).Message);
            Assert.Single(each.Nearest(predictor.Predict(ToneFiles.Wav(310))));
        }
    }

    [Fact]
    public void An_index_without_songs_is_kept_and_has_nothing_near()
    {
        var path = _folder.File("empty.index");
        new SongIndex("model", Size).Save(path);
        Assert.Empty(SongIndex.Load(path).Nearest(Song(1)));
    }

    /// <summary>A file of a song may say that its embedding has 65,536 numbers.</summary>
    [Fact]
    public void One_song_of_many_numbers_takes_memory_for_few()
    {
        var index = new SongIndex("model", 1 << 16);
        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Add("one", Song(1) with { Embedding = new float[1 << 16] });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1 << 18, 1 << 24);
    }

    /// <summary>Numbers and features that are the same each time.</summary>
    private static MoodPrediction Song(int seed)
    {
        var random = new Random(seed);
        var mood = random.Next(2) == 0 ? "happy" : "sad";
        return new MoodPrediction(mood, new Dictionary<string, float> { [mood] = random.NextSingle() })
        {
            Embedding = [.. Enumerable.Range(0, Size).Select(_ => random.NextSingle() - 0.5f)],
            Features = new MusicFeatures
            {
                TempoBpm = 60 + 120 * random.NextDouble(),
                TempoConfidence = random.NextDouble(),
                Key = "C#",
                Mode = (MusicMode)random.Next(2),
                KeyStrength = random.NextDouble(),
                LoudnessLufs = -random.NextDouble(),
                LoudnessRangeLu = random.NextDouble(),
                Danceability = random.NextDouble(),
                BrightnessHz = random.NextDouble(),
                OnsetsPerSecond = random.NextDouble(),
            },
        };
    }

    private static double Cosine(MoodPrediction a, MoodPrediction b) =>
        a.Embedding.Zip(b.Embedding).Sum(pair => (double)pair.First * pair.Second)
        / Math.Sqrt(a.Embedding.Sum(value => (double)value * value) * b.Embedding.Sum(value => (double)value * value));
}
