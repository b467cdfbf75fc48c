using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Reports;
using SongMood.Training;

namespace SongMood.Tests.Reports;

public sealed class EvaluationReportTests : IDisposable
{
    private const string Nasty = "<script>alert('1')</script> & \"Schwermütig\" 悲しい";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_part_is_there_and_nothing_comes_from_elsewhere()
    {
        var html = Html(Result(["calm", "happy", "sad"], 60, folds: 3));
        foreach (var part in new[] { "accuracy", "balanced accuracy", "macro F1", "log-loss", "calibration error", "Accuracy by fold",
            "Is the split sound?", "Each mood",
                     "What is taken for what", "Are its probabilities right?", "Learning curves", "Worst mistakes", "How this was measured",
                     "songmood evaluate --data",
                     "SHA-256", "seed 7", "intervals by bootstrap", "no artist on both sides", "fold 3" })
            Assert.Contains(part, html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"<(script|link|img|iframe|object)\b|https?:|@import|\burl\((?!#)", html);
        Assert.Equal(5, Charts(html).Length);
        // Each chart says in words what it shows, and ids are of one element each.
        Assert.All(Charts(html), chart => Assert.True(chart.Attribute("aria-label")!.Value.Length > 20));
        var ids = Regex.Matches(html, "\\bid=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Regex.Matches(html, @"url\(#([^)]*)\)").Select(match => match.Groups[1].Value), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Charts_show_the_figures()
    {
        var result = Result(["calm", "happy"], 40, folds: 2);
        var charts = Charts(Html(result)).ToDictionary(chart => chart.Attribute("id")!.Value);
        string[] WordsOf(string id) => [.. charts[id].Descendants("text").Select(text => text.Value)];
        Assert.All(result.Metrics.Confusion.Cast<int>(), count => Assert.Contains($"{count}", WordsOf("confusion")));
        Assert.All(result.Metrics.PerMood, score => Assert.Contains($"{100 * score.Recall:0}", WordsOf("per-mood")));
        Assert.Equal(2, charts["loss"].Descendants("path").Count(path => path.Attribute("fill")?.Value == "none")); // a line a fold
        // A rectangle a cell, filled and outlined.
        Assert.True(charts["confusion"].Descendants("rect").Count() >= 4);
    }

    [Fact]
    public void A_page_is_the_same_whatever_the_language_of_the_machine()
    {
        var result = Result(["calm", "happy", "never"], 40, folds: 2, actualMoods: 2);
        result = result.CompareWith(result);
        var expected = Html(result);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (commas.NumberFormat.NumberDecimalSeparator, commas.DateTimeFormat.TimeSeparator) = (",", ".");
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("0,5 12.30", $"{0.5} {new TimeOnly(12, 30):HH:mm}"); // the culture is in force
            Assert.Equal(expected, Html(result));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_bin_of_few_songs_is_faint()
    {
        const string Faint = "0.3";
        float[] Sure(LabelledSong song, int actual, float[] scores) => song.Line < 5 ? [0.6f, 0.4f] : [0.9f, 0.1f]; // 3 songs, 37 songs
        XElement[] Points(EvaluationResult result) =>
            [.. Charts(Html(result)).Single(chart => chart.Attribute("id")!.Value == "reliability").Descendants("circle")];
        var points = Points(Result(["calm", "happy"], 40, folds: 2, said: Sure));
        Assert.Equal(2, points.Length);
        Assert.Equal(Faint, points[0].Attribute("fill-opacity")!.Value);
        Assert.Null(points[1].Attribute("fill-opacity"));
        Assert.Equal(Faint, Assert.Single(Points(Result(["calm", "happy"], 9, folds: 2,
            said: (_, _, _) => [0.9f, 0.1f]))).Attribute("fill-opacity")!.Value);
        Assert.Null(Assert.Single(Points(Result(["calm", "happy"], 10, folds: 2,
            said: (_, _, _) => [0.9f, 0.1f]))).Attribute("fill-opacity"));
    }

    [Fact]
    public void Charts_use_the_width_of_the_page_and_its_title_is_a_sentence()
    {
        var result = Result(["calm", "happy"], 40, folds: 2);
        var html = Html(result);
        var right = Enumerable.Range(0, 40).Count(result.Predictions.IsRight);
        Assert.Contains($"<title>{right} of 40 songs get the right mood</title>", html);
        Assert.Contains($"<h1>{right} of 40 songs get the right mood</h1>", html);
        var widths = Charts(html).ToDictionary(chart => chart.Attribute("id")!.Value,
            chart => int.Parse(chart.Attribute("viewBox")!.Value.Split(' ')[2]));
        string[] halves = ["loss", "accuracy"]; // two beside each other
        Assert.All(widths, chart => Assert.InRange(
            chart.Value, halves.Contains(chart.Key) ? 520 : 1000, halves.Contains(chart.Key) ? 520 : 1040));
        Assert.All(Charts(html), chart => Assert.Null(chart.Attribute("width"))); // as wide as its place
        // Many moods need more room than the page has: such a chart is scrolled, not made smaller.
        var many = Charts(Html(Result([.. Enumerable.Range(0, 30).Select(i => $"mood {i:00}")], 90, folds: 2)))
            .Single(chart => chart.Attribute("id")!.Value == "confusion");
        var width = int.Parse(many.Attribute("viewBox")!.Value.Split(' ')[2]);
        Assert.True(width > 1040, $"{width}");
        Assert.Equal($"min-width:{width}px", many.Attribute("style")!.Value);
        // On narrow screens words of 12 px stay at least 10; on paper, which is not scrolled, a chart is as wide as the sheet.
        Assert.All(Charts(html), chart => Assert.InRange(int.Parse(chart.Attribute("style")!.Value["min-width:".Length..^"px".Length]),
            widths[chart.Attribute("id")!.Value] * 10 / 12, 1040));
        Assert.Matches(@"@media print \{[^@]*svg \{ min-width: 0 !important; \}", html);
        // By keyboard, too (WCAG 2.2, 2.1.1).
        Assert.Equal(Charts(html).Length, Regex.Count(html, "<figure tabindex=\"0\">"));
        Assert.Equal(Regex.Count(html, "<table>"),
            Regex.Count(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"[^\"]+\">"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void Names_of_moods_artists_and_titles_are_text_whatever_they_hold(int moodCount)
    {
        string[] moods = [.. Enumerable.Range(0, moodCount).Select(i => i == 0 ? Nasty : i == 1 ? new string('w', 70) : $"настроение {i}")];
        var html = Html(Result(moods, 3 * moodCount, folds: 2, name: Nasty));
        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Equal(5, Charts(html).Length); // parses
    }

    [Fact]
    public void A_mood_that_is_missing_from_what_was_measured_is_said_to_be()
    {
        var result = Result(["calm", "happy", "never"], 40, folds: 2, actualMoods: 2, predictedMoods: 2);
        Assert.Contains("no song measured has the mood 'never': balanced accuracy leaves it out, and so does macro F1", result.Notes);
        Assert.Null(result.Intervals.F1PerMood[2]);
        var html = Html(result);
        Assert.Contains("no song measured has the mood", html);
        Assert.Equal(5, Charts(html).Length);
        Assert.Equal("never", (string)Json(result)["perMood"]![2]!["mood"]!);
        Assert.Null(Json(result)["perMood"]![2]!["f1Interval"]);
    }

    [Fact]
    public void A_fold_whose_mood_its_model_could_not_learn_is_said_to_be()
    {
        var result = Result(["calm", "happy"], 20, folds: 2, unlearnt: [new UnlearntMood { Part = 1, Mood = "happy" }]);
        Assert.Contains("all songs of the mood 'happy' were held out with fold 2", Assert.Single(result.Notes));
        Assert.Contains("were held out with fold 2", Html(result));
    }

    [Fact]
    public void A_finished_model_has_no_learning_curves_and_the_report_says_so()
    {
        var html = Html(Result(["calm", "happy"], 20, folds: 0));
        Assert.Contains("nothing was trained", html);
        Assert.Equal(3, Charts(html).Length);
        Assert.DoesNotContain("Accuracy by fold", html);
    }

    [Fact]
    public void Songs_without_predictions_are_counted_and_no_report_holds_a_NaN()
    {
        var result = Result(["calm", "happy"], 10, folds: 2, said: (song, _, scores) => song.Line < 4 ? [float.NaN, float.NaN] : scores);
        Assert.Equal(2, result.Metrics.UnscoredCount);
        var json = Json(result);
        Assert.Equal(2, (int)json["unscored"]!);
        var unscored = json["predictions"]!.AsArray().Where(song => (int)song!["line"]! < 4).ToArray();
        Assert.All(unscored, song =>
            Assert.Equal("null [null,null]", $"{song!["predicted"]?.ToJsonString() ?? "null"} {song["probabilities"]!.ToJsonString()}"));
        Assert.Contains("2 songs have no prediction", Html(result));

        var none = Result(["calm", "happy"], 10, folds: 2, said: (_, _, _) => [float.NaN, 1]);
        Assert.Null(none.Calibrated);
        Assert.Null(Json(none)["logLoss"]);
        Assert.Null(Json(none)["calibration"]);
        foreach (var nothing in new[] { result, none })
            Assert.DoesNotContain("NaN", Html(nothing).Replace("is not a number", ""));
    }

    [Fact]
    public void Everything_right_has_no_mistakes_and_one_song_no_temperature()
    {
        var right = Result(["calm", "happy"], 10, folds: 2, said: (_, actual, _) => actual == 0 ? [0.9f, 0.1f] : [0.2f, 0.8f]);
        Assert.Contains("every prediction is right", Html(right));
        var one = Result(["calm", "happy"], 1, folds: 0);
        Assert.Null(one.Calibration);
        Assert.Contains("no temperature was fitted", Html(one));
        Assert.Null(Json(one)["calibration"]);
    }

    [Fact]
    public void Training_that_diverges_leaves_a_gap_in_its_curve()
    {
        var result =
            Result(["calm", "happy"], 10, folds: 2, loss: epoch => epoch == 2 ? double.NaN : epoch == 3 ? double.PositiveInfinity : epoch);
        Assert.Equal(5, Charts(Html(result)).Length);
        Assert.Null(Json(result)["learningCurves"]![0]![1]!["trainingLoss"]);
        Assert.Equal(5, Charts(Html(Result(["calm", "happy"], 10, folds: 2, loss: _ => double.NaN))).Length);
    }

    [Fact]
    public void The_worst_mistakes_come_first_with_what_is_known_of_the_song()
    {
        var result = Result(["calm", "happy"], 30, folds: 2);
        var mistakes = result.WorstMistakes().ToArray();
        Assert.Equal(result.Metrics.SongCount - (int)Math.Round(result.Metrics.Accuracy * result.Metrics.SongCount), mistakes.Length);
        var predictions = result.Predictions;
        Assert.Equal(mistakes.OrderByDescending(song => predictions.Probabilities[song].Max()), mistakes);
        var html = Html(result);
        var worst = result.Songs[mistakes[0]];
        Assert.Contains($"<td class=\"path\">songs/{worst.Line}.mp3</td><td>{worst.Artist}</td><td>{worst.Title}</td>"
            + $"<td>{result.Moods[predictions.Actual[mistakes[0]]]}</td>"
            + $"<td>{result.Moods[predictions.Predicted(mistakes[0])!.Value]}</td>"
            + $"<td class=\"number\">{predictions.Probabilities[mistakes[0]].Max():F3}</td>", html);
    }

    [Fact]
    public void Json_says_what_the_figures_are()
    {
        var result = Result(["calm", "happy", "sad"], 60, folds: 3);
        var json = Json(result);
        Assert.Equal(result.Metrics.Accuracy, (double)json["accuracy"]!);
        Assert.Equal(3, json["foldAccuracies"]!.AsArray().Count);
        Assert.Equal((0.95, 2000, 7, "artist"), ((double)json["intervals"]!["level"]!, (int)json["intervals"]!["resamples"]!,
            (int)json["intervals"]!["seed"]!, (string)json["intervals"]!["unit"]!));
        Assert.Equal([result.Intervals.Accuracy.Lower, result.Intervals.Accuracy.Upper],
            json["intervals"]!["accuracy"]!.AsArray().Select(end => (double)end!));
        Assert.Equal(result.Calibrated!.LogLoss, (double)json["calibration"]!["logLoss"]!);
        Assert.Equal(3, json["calibration"]!["temperatures"]!.AsArray().Count);
        Assert.Equal(15, json["reliability"]!.AsArray().Count);
        Assert.True((bool)json["splitCheck"]!["groupsAreApart"]!);
        Assert.Equal(60, json["predictions"]!.AsArray().Count);
        Assert.Equal("songs/2.mp3", (string)json["predictions"]![0]!["path"]!);
        Assert.Equal(4, json["learningCurves"]![2]!.AsArray().Count);
        Assert.Equal("2030-01-02T03:04:05+00:00", (string)json["date"]!);
    }

    private static XElement[] Charts(string html) =>
        [.. Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline).Select(match => XElement.Parse(match.Value))];

    private static string Html(EvaluationResult result) => Written(result.WriteHtml);

    private static JsonNode Json(EvaluationResult result) =>
        JsonNode.Parse(Written(result.WriteJson), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = false })!;

    private static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Songs two an artist, about two of three right, in folds by artist.</summary>
    private EvaluationResult Result(string[] moods, int songCount, int folds, string name = "name", int? actualMoods = null,
        int? predictedMoods = null, IReadOnlyList<UnlearntMood>? unlearnt = null,
        Func<LabelledSong, int, float[], float[]>? said = null, Func<int, double>? loss = null)
    {
        var random = new Random(3);
        var labels = LabelledSongs.Read(_folder.Write("labels.csv", "mood\na\nb\n"), new LabelledSongsOptions { RequireAudio = false });
        LabelledSong[] songs = [.. Enumerable.Range(0, songCount).Select(i => new LabelledSong
        {
            AudioPath = _folder.File($"songs/{i + 2}.mp3"),
            Mood = moods[i % (actualMoods ?? moods.Length)],
            Group = $"artist {i / 2}",
            Line = i + 2,
            Artist = name,
            Title = $"title of {name} {i}",
        })];
        int[] actual = [.. songs.Select(song => Array.IndexOf(moods, song.Mood))];
        float[][] probabilities = [.. songs.Zip(actual, (song, mood) =>
        {
            float[] weights =
                [.. moods.Select((_, other) => other >= (predictedMoods ?? moods.Length)
                ? 0 : random.NextSingle() + (other == mood ? 0.5f : 0))];
            float[] scores = [.. weights.Select(weight => weight / weights.Sum())];
            return said?.Invoke(song, mood, scores) ?? scores;
        })];
        int[] parts = [.. songs.Select((_, i) => folds < 2 ? 0 : i / 2 % folds)];
        var check = SplitCheck.Of(songs, parts);
        var origin = new EvaluationOrigin
        {
            Command = "songmood evaluate --data labels.csv",
            Started = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Group = "artist",
            Seed = 7,
            Settings = new Dictionary<string, string> { ["data"] = "labels.csv", ["network"] = "mlp" },
            DataSha256 = "0123",
        };
        var predictions = new Predictions(moods, actual, probabilities, [.. songs.Select(song => song.Group)], folds < 2 ? null : parts);
        return new EvaluationResult("Some measurement", labels, songs, predictions, origin)
        {
            Check = check,
            UnlearntMoods = unlearnt ?? [],
            Curves = [.. Enumerable.Range(0, folds).Select(_ => Enumerable.Range(1, 4).Select(epoch =>
                new EpochReport
                {
                    Epoch = epoch, EpochCount = 4, TrainingLoss = loss?.Invoke(epoch)
                        ?? 1.0 / epoch, TrainingAccuracy = 1 - 0.5 / epoch, LearningRate = 1e-3,
                }).ToArray())],
        };
    }
}
