using Microsoft.ML;
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.TestSupport;
using SongMood.Transforms;

namespace SongMood.Tests.Prediction;

public sealed class TimelineTests(TrainedTones tones) : IDisposable
{
    private static readonly TimelineOptions Short = new()
    {
        Window = TimeSpan.FromSeconds(2),
        Hop = TimeSpan.FromSeconds(0.5),
        Smoothing = TimeSpan.Zero,
        MinimumSection = TimeSpan.FromSeconds(3),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults_are_pinned_and_ranges_checked()
    {
        Assert.Equal(new TimelineOptions
        {
            Window = TimeSpan.FromSeconds(15),
            Hop = TimeSpan.FromSeconds(3),
            Smoothing = TimeSpan.FromSeconds(3),
            MinimumSection = TimeSpan.FromSeconds(10),
        }, new TimelineOptions());
        using var predictor = MoodPredictor.Load(tones.Model);
        var error = Assert.Throws<ArgumentException>(() => predictor.PredictTimeline(ToneFiles.Wav(300), new TimelineOptions
        {
            Window = TimeSpan.Zero,
            Hop = TimeSpan.FromSeconds(-1),
            Smoothing = TimeSpan.FromSeconds(601),
            MinimumSection = TimeSpan.MaxValue,
        }));
        foreach (var option in new[] { "Window", "Hop", "Smoothing", "MinimumSection" })
            Assert.Contains($"{option} is ", error.Message);
    }

    [Fact]
    public void A_song_of_two_halves_has_two_sections()
    {
        using var predictor = MoodPredictor.Load(tones.Model);
        float[] samples = [.. Of(300, 10), .. Of(5000, 10)];
        var song = new Waveform([samples], ToneFiles.SampleRate);
        var timeline = predictor.PredictTimeline(song, Short);
        Assert.Equal(37, timeline.Windows.Count); // from 0 to 18 s by halves
        foreach (var (index, window) in timeline.Windows.Index())
        {
            Assert.Equal((0.5 * index, 0.5 * index + 2), (window.Start.TotalSeconds, window.End.TotalSeconds));
            var alone = predictor.Predict(new Waveform([samples[(int)(window.Start.TotalSeconds * ToneFiles.SampleRate)..]
                [..(2 * ToneFiles.SampleRate)]], ToneFiles.SampleRate));
            Close.Equal([.. alone.Scores.Values], window.Scores.Values, 1e-6f);
        }
        Assert.Equal(["low", "high"], timeline.Sections.Select(section => section.Mood));
        Assert.Equal((0, 20), (timeline.Sections[0].Start.TotalSeconds, timeline.Sections[1].End.TotalSeconds));
        Assert.Equal(timeline.Sections[0].End, timeline.Sections[1].Start);
        Assert.InRange(timeline.Sections[0].End.TotalSeconds, 9, 11);
        Assert.Equal(predictor.Predict(song).Scores, timeline.Song.Scores);
        Assert.Matches("^0:00 to 0:(09|10|11): low [0-9]+ %$", timeline.Sections[0].ToString());
        Assert.Null(timeline.Windows[0].Valence);
    }

    /// <summary>It hears each patch once, and pools those of each window.</summary>
    [Fact]
    public async Task The_pretrained_model_pools_the_patches_of_each_window()
    {
        using var predictor = MoodPredictor.LoadPretrained();
        const int patch = 128 * 512;
        const int rate = 22050;
        // As loud throughout: what is heard is relative to the loudest of all.
        float[] samples = [.. new[] { 200.0, 3000, 500, 1000, 250, 4000, 800, 600, 350, 2000 }
            .SelectMany(hz => AudioFile.Read(ToneFiles.Wav(hz, (double)patch / rate + 1e-3)).ToMono()[..patch])];
        var song = new Waveform([samples], rate);
        var options = new TimelineOptions { Window = TimeSpan.FromSeconds(9), Smoothing = TimeSpan.Zero };
        var timeline = await predictor.PredictTimelineAsync(song, options, TestContext.Current.CancellationToken);
        Assert.Equal(8, timeline.Windows.Count); // three patches each, of ten
        foreach (var (index, window) in timeline.Windows.Index())
        {
            Assert.Equal((double)index * patch / rate, window.Start.TotalSeconds, 1e-6);
            Assert.Equal((index + 3.0) * patch / rate, window.End.TotalSeconds, 1e-6);
            Assert.NotNull(window.Arousal);
        }
        Assert.Equal(predictor.Predict(song).Scores, timeline.Song.Scores);
        // A window of all is the song.
        var all = predictor.PredictTimeline(song, options with { Window = TimeSpan.FromSeconds(30) });
        Close.Equal([.. all.Song.Scores.Values], Assert.Single(all.Windows).Scores.Values, 1e-6f);
        Assert.True(timeline.Windows.Select(window => window.Scores["calm"]).Distinct().Count() > 3);
        var steps = predictor.PredictTimeline(song, options with { Hop = TimeSpan.FromSeconds(15) }); // further than a window is long
        Assert.Equal([timeline.Windows[0].Scores["sad"], timeline.Windows[5].Scores["sad"], timeline.Windows[^1].Scores["sad"]],
            steps.Windows.Select(window => window.Scores["sad"]));
    }

    [Fact]
    public void Windows_go_on_where_one_piece_ends_and_the_next_begins()
    {
        float[] samples = [.. Of(300, 7), .. Of(5000, 7)];
        var song = new Waveform([samples], ToneFiles.SampleRate);
        using var whole = MoodPredictor.Load(tones.Model);
        using var inPieces = MoodPredictor.Load(tones.Model, new MoodPredictorOptions { PieceLength = TimeSpan.FromSeconds(5) });
        foreach (var hop in new[] { 0.5, 3 }) // within a window, and beyond
        {
            var options = Short with { Hop = TimeSpan.FromSeconds(hop) };
            var (one, other) = (whole.PredictTimeline(song, options), inPieces.PredictTimeline(song, options));
            Assert.Equal(one.Windows.Select(window => (window.Start, window.End)),
                other.Windows.Select(window => (window.Start, window.End)));
            Assert.Equal(one.Windows.Select(window => window.Scores["low"]), other.Windows.Select(window => window.Scores["low"]));
        }

        // Patches begin anew with each piece, in time.
        using var pretrained = MoodPredictor.LoadPretrained(new MoodPredictorOptions { PieceLength = TimeSpan.FromSeconds(7) });
        var patches = pretrained.PredictTimeline(song,
            new TimelineOptions { Window = TimeSpan.FromSeconds(3), Hop = TimeSpan.FromSeconds(1.5) });
        Assert.Equal([0, 1.49, 2.97, 7, 8.49, 9.97], patches.Windows.Select(window => Math.Round(window.Start.TotalSeconds, 2)));
    }

    /// <summary>What the song is at its end is in a window, wherever the steps fall; but no window is told twice.</summary>
    [Theory]
    [InlineData(0.5, 9.2)]
    [InlineData(3, 8.5)]
    [InlineData(3, 8)] // a step ends there
    [InlineData(5, 6)] // between two windows
    public void The_last_window_ends_where_the_song_does(double hop, double length)
    {
        float[] samples = [.. Of(300, length - 2), .. Of(5000, 2)];
        var song = new Waveform([samples], ToneFiles.SampleRate);
        using var whole = MoodPredictor.Load(tones.Model);
        using var inPieces = MoodPredictor.Load(tones.Model, new MoodPredictorOptions { PieceLength = TimeSpan.FromSeconds(1.7) });
        double[] starts = [.. Enumerable.Range(0, 100).Select(step => step * hop).TakeWhile(start => start < length - 2), length - 2];
        foreach (var predictor in new[] { whole, inPieces })
        {
            var windows = predictor.PredictTimeline(song, Short with { Hop = TimeSpan.FromSeconds(hop) }).Windows;
            Close.Equal([.. starts.Select(start => (float)start)], windows.Select(window => (float)window.Start.TotalSeconds), 1e-4f);
            Assert.All(windows, window => Assert.Equal(2, (window.End - window.Start).TotalSeconds, 1e-6));
            Assert.Equal("high", windows[^1].Mood);
            Close.Equal([.. predictor.Predict(new Waveform([samples[^(2 * ToneFiles.SampleRate)..]], ToneFiles.SampleRate)).Scores.Values],
                windows[^1].Scores.Values, 1e-5f);
        }

        // A model of patches ends with its last patch.
        using var pretrained = MoodPredictor.LoadPretrained();
        var steps = new TimelineOptions { Window = TimeSpan.FromSeconds(3), Hop = TimeSpan.FromSeconds(hop), Smoothing = TimeSpan.Zero };
        var all = pretrained.PredictTimeline(song, steps with { Hop = TimeSpan.FromSeconds(0.1) }).Windows; // a patch each
        var some = pretrained.PredictTimeline(song, steps).Windows;
        Assert.Equal((all[^1].Start, all[^1].Scores["calm"]), (some[^1].Start, some[^1].Scores["calm"]));
        Assert.Equal(some.Select(window => window.Start).Distinct(), some.Select(window => window.Start));
    }

    [Fact]
    public void A_song_shorter_than_a_window_is_one_window()
    {
        foreach (var load in new Func<MoodPredictor>[] { () => MoodPredictor.Load(tones.Model), () => MoodPredictor.LoadPretrained() })
        {
            using var predictor = load();
            var timeline = predictor.PredictTimeline(ToneFiles.Wav(300, 2));
            Close.Equal([.. timeline.Song.Scores.Values], Assert.Single(timeline.Windows).Scores.Values, 1e-6f);
            Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(2)), (timeline.Windows[0].Start, timeline.Windows[0].End));
            Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(2)),
                (Assert.Single(timeline.Sections).Start, timeline.Sections[0].End));
        }
    }

    /// <summary>It takes two seconds of a song; the timeline hears all of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_that_takes_a_part_of_a_song_is_heard_over_all_of_it(bool fixedLength)
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable([new Row()]);
        var load = new LoadAudioOptions { OffsetSeconds = 1, DurationSeconds = 2, FixedLength = fixedLength };
        var model = ml.Transforms.LoadAudio("Waveform", "Path", load)
            .Append(ml.Transforms.MusicDescriptors("Score", "Waveform", new MusicDescriptorsOptions
            {
                Groups = Dsp.Descriptors.DescriptorGroups.None,
                Names = ["SpectralCentroidHz.Mean", "LevelDb.Mean"],
            })).Fit(rows);
        var zip = _folder.File("part.zip");
        ml.Model.Save(model, rows.Schema, zip);
        using var predictor = MoodPredictor.Load(zip);
        float[] samples = [.. Of(300, 6), .. Of(5000, 6)];
        var song = new Waveform([samples], ToneFiles.SampleRate);
        Assert.Equal(TimeSpan.FromSeconds(2), predictor.Predict(song).Duration);
        var timeline = predictor.PredictTimeline(song, Short with { Window = TimeSpan.FromSeconds(15), Hop = TimeSpan.FromSeconds(1) });
        Assert.Equal(TimeSpan.FromSeconds(12), timeline.Song.Duration);
        Assert.Equal(11, timeline.Windows.Count);
        Assert.All(timeline.Windows, window => Assert.Equal(2, (window.End - window.Start).TotalSeconds));
        var (first, last) = (timeline.Windows[0].Scores["SpectralCentroidHz.Mean"], timeline.Windows[^1].Scores["SpectralCentroidHz.Mean"]);
        Assert.InRange(last - first, 1000, 8000);
        Assert.InRange(timeline.Song.Scores["SpectralCentroidHz.Mean"], first + 500, last - 500);
        Assert.Single(predictor.PredictTimeline(ToneFiles.Wav(300, 1), Short).Windows); // less than it takes
    }

    [Fact]
    public void Smoothing_is_a_bell_curve_over_time()
    {
        WindowScores[] windows = [.. new[] { 1f, 0, 0, 0 }.Select((score, i) => new WindowScores(i, i + 2, [score, 1 - score]))];
        Assert.Equal(windows, TimelineSections.Smooth(windows, 0));
        var smoothed = TimelineSections.Smooth(windows, 1);
        double[] bell = [1, Math.Exp(-0.5), Math.Exp(-2), Math.Exp(-4.5)];
        Assert.Equal(1 / bell.Sum(), smoothed[0].Scores[0], 1e-6);
        Assert.Equal(bell[1] / (bell[1] + 1 + bell[1] + bell[2]), smoothed[1].Scores[0], 1e-6);
        Assert.Equal(0, TimelineSections.Smooth(windows, 0.5)[3].Scores[0]); // three deviations away and more
        Assert.All(smoothed, window => Assert.Equal(1, window.Scores.Sum(), 1e-6));
    }

    /// <summary>Whatever the scores: sections cover the song, neighbours differ, and none but one alone is too short.</summary>
    [Fact]
    public void Sections_cover_the_song_and_are_long_enough()
    {
        var random = new Random(5);
        var several = 0;
        for (var round = 0; round < 200; round++)
        {
            var count = 1 + random.Next(40);
            WindowScores[] windows = [.. Enumerable.Range(0, count).Select(i =>
                new WindowScores(3 * i, 3 * i + 15, [random.NextSingle(), random.NextSingle(), random.NextSingle()]))];
            double song = 3 * count + 13, least = random.Next(20);
            var sections = TimelineSections.Find(windows, song, least);
            Assert.Equal((0, song), (sections[0].StartSeconds, sections[^1].EndSeconds));
            foreach (var (one, next) in sections.Zip(sections.Skip(1)))
            {
                Assert.Equal(one.EndSeconds, next.StartSeconds);
                Assert.NotEqual(one.Mood, next.Mood);
            }
            if (sections.Count > 1)
                Assert.All(sections, section => Assert.True(section.EndSeconds - section.StartSeconds >= least));
            several += sections.Count > 1 ? 1 : 0;
        }
        Assert.InRange(several, 50, 199);
    }

    private static float[] Of(double frequencyHz, double seconds) => AudioFile.Read(ToneFiles.Wav(frequencyHz, seconds)).ToMono();

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
