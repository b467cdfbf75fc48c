using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Tests.Cli;

namespace SongMood.Tests.Prediction;

public sealed class PredictManyTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults_are_pinned()
    {
        Assert.Equal(new PredictManyOptions { Threads = null, Progress = null }, new PredictManyOptions());
        Assert.Equal(
            new MoodPredictorOptions
            {
                MaximumDuration = TimeSpan.FromHours(10),
                Quality = null,
                UnsureBelow = null,
                WithFeatures = false,
                CoresPerSong = null,
            },
            new MoodPredictorOptions());
        Assert.Contains("Threads is 0, expected 1 or more", Assert.Throws<ArgumentException>(() =>
        {
            using var predictor = MoodPredictor.Load(tones.Model);
            predictor.PredictManyAsync(["a.wav"], new PredictManyOptions { Threads = 0 }, Cancellation);
        }).Message);
    }

    [Fact]
    public async Task Results_are_in_order_and_an_error_stands_for_a_song_that_cannot_be_read()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var low = _folder.Write("low.wav", ToneFiles.Wav(300));
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.False(closed.CanRead);
        SongSource[] songs =
        [
            low, _folder.File("none.wav"), ToneFiles.Wav(5000), "", new ReadOnlyMemory<byte>([1, 2, 3]), (Stream)closed, null!,
            new MemoryStream(ToneFiles.Wav(310)), AudioFile.Read(ToneFiles.Wav(4000)),
        ];
        var done = new List<int>();
        var results = await predictor.PredictManyAsync(
            songs, new PredictManyOptions { Threads = 3, Progress = new ImmediateProgress<int>(done.Add) }, Cancellation)
            .ToListAsync(Cancellation);
        Assert.Equal(["low", null, "high", null, null, null, null, "low", "high"], results.Select(result => result.Prediction?.Mood));
        Assert.All(results, result => Assert.True(result.Prediction is null != result.Error is null));
        Assert.Equal(Enumerable.Range(1, songs.Length), done);
        Assert.Equal([low, _folder.File("none.wav"), "the bytes", "", "the bytes", "the stream", "", "the stream", "the waveform"],
            results.Select(result => result.Song.Name));
        Assert.IsType<AudioFormatException>(results[1].Error);
        Assert.StartsWith($"{low}: low ", results[0].ToString());
        Assert.Contains("no such file", results[1].ToString());

        var paths = await predictor.PredictManyAsync([low, "none.wav"], cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal([results[0].Prediction!.Scores["low"], (float?)null], paths.Select(result => result.Prediction?.Scores["low"]));
    }

    /// <summary>Any number of songs: they are asked for as they are heard.</summary>
    [Fact]
    public async Task Songs_are_asked_for_a_few_at_a_time_and_cancelled_within()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var asked = 0;
        var bytes = ToneFiles.Wav(300, 0.5);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var results = predictor.PredictManyAsync(Endless(), new PredictManyOptions { Threads = 2 }, stop.Token)
            .GetAsyncEnumerator(Cancellation);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await results.MoveNextAsync());
            Assert.Equal("low", results.Current.Prediction!.Mood);
        }
        Assert.InRange(asked, 20, 40);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await results.MoveNextAsync())
            {
            }
        });

        IEnumerable<SongSource> Endless()
        {
            for (; ; asked++)
                yield return bytes;
        }
    }

    /// <summary>Memory stays flat over any number of songs: neither their bytes nor what was said of them are kept.</summary>
    [Fact]
    public async Task Nothing_of_a_song_is_held_once_it_is_told()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var seen = await HearAsync(predictor, 60);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(120, seen.Count);
        // The last few may still be in what the runtime keeps of a finished task.
        Assert.InRange(seen.Count(reference => reference.IsAlive), 0, 6);
        GC.KeepAlive(predictor);
    }

    private static async Task<List<WeakReference>> HearAsync(MoodPredictor predictor, int count)
    {
        var seen = new List<WeakReference>();
        await foreach (var result in predictor.PredictManyAsync(Songs(), cancellationToken: Cancellation))
            seen.Add(new WeakReference(result.Prediction ?? throw result.Error!));
        return seen;

        IEnumerable<SongSource> Songs()
        {
            for (var i = 0; i < count; i++)
            {
                var bytes = ToneFiles.Wav(300 + i, 0.5);
                seen.Add(new WeakReference(bytes));
                yield return bytes;
            }
        }
    }

    /// <summary>A body of a web request refuses synchronous reads; a download that takes too long is cancelled by its client.</summary>
    [Fact]
    public async Task Streams_are_read_asynchronously_and_one_that_others_cancel_is_an_error_of_its_song()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        var bytes = ToneFiles.Wav(300);
        Assert.Throws<NotSupportedException>(() => predictor.Predict(new AsyncStream(bytes, null)));
        SongSource[] songs = [new AsyncStream(bytes, new TaskCanceledException("too slow")), new AsyncStream(bytes, null), bytes];
        var results = await predictor.PredictManyAsync(songs, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal([null, "low", "low"], results.Select(result => result.Prediction?.Mood));
        Assert.Equal("too slow", Assert.IsType<TaskCanceledException>(results[0].Error).Message);
    }

    private sealed class AsyncStream(byte[] bytes, Exception? error) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => throw new NotSupportedException("Synchronous operations are disallowed.");

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (error is not null)
                throw error;
            var count = (int)Math.Min(buffer.Length, Length - Position);
            ToArray().AsSpan((int)Position, count).CopyTo(buffer.Span);
            Position += count;
            return new(count);
        }
    }

    [Fact]
    public async Task A_predictor_that_is_disposed_of_meanwhile_is_an_error_of_the_songs()
    {
        var predictor = MoodPredictor.Load(tones.Model);
        predictor.Dispose();
        var result = Assert.Single(await predictor.PredictManyAsync([(SongSource)ToneFiles.Wav(300)], cancellationToken: Cancellation)
            .ToListAsync(Cancellation));
        Assert.IsType<ObjectDisposedException>(result.Error);
    }
}
