using System.Text.Json.Nodes;
using SongMood.Audio;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Reports;

namespace SongMood.Tests.Reports;

/// <summary>What an app writes is what the tool writes: the tool's tests look at the rest.</summary>
public sealed class PredictionWriterTests : IDisposable
{
    private static readonly string[] Songs =
        [.. new[] { "happy-1.mp3", "calm-1.mp3" }.Select(name => Path.Combine(TestSupport.TestData.RepositoryRoot, "samples/audio", name))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task An_app_writes_what_the_tool_writes(string format)
    {
        string[] paths = [.. Songs, _folder.Write("no song.mp3", "Dear friend,\nthis is no music.")];
        using var predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { CoresPerSong = 1 });
        var output = new StringWriter { NewLine = "\n" };
        using (var writer = format == "json" ? PredictionWriter.Json(output) : PredictionWriter.Csv(output, predictor.Moods))
            await foreach (var song in predictor.PredictManyAsync(paths, cancellationToken: TestContext.Current.CancellationToken))
                writer.Write(song);
        var tool = await Cli.Tool.RunAsync(["predict", "--format", format, .. paths]);
        Assert.Equal(1, tool.ExitCode); // one of them is no song
        Assert.Equal(3, output.ToString().Split('\n').Count(line => line.Contains(".mp3")));
        Assert.Equal(tool.Out.ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void The_embedding_is_written_where_it_is_asked_for()
    {
        var prediction = new MoodPrediction("calm", new Dictionary<string, float> { ["calm"] = 1 }) { Embedding = [0.25f, -1] };
        Assert.Equal("[0.25,-1]", Json(withEmbedding: true)["embedding"]!.ToJsonString());
        Assert.False(Json(withEmbedding: false).ContainsKey("embedding"));

        JsonObject Json(bool withEmbedding)
        {
            var output = new StringWriter();
            using (var writer = PredictionWriter.Json(output, withEmbedding))
                writer.Write(new PredictedSong("a.mp3") { Prediction = prediction });
            return JsonNode.Parse(output.ToString())!.AsObject();
        }
    }

    [Fact]
    public void Rows_of_tables_are_named_by_what_the_table_says()
    {
        var row = new PredictedSong("t.csv")
        {
            Row = new LabelledSong { Mood = "", Line = 3, Title = "Song, \"one\"", Artist = "The Ones" },
            Error = "no number",
        };
        var output = new StringWriter();
        using (var writer = PredictionWriter.Csv(output, ["calm"], ofRows: true))
            writer.Write(row);
        Assert.Equal("file,line,path,id,title,artist,mood,error,calm\nt.csv,3,,,\"Song, \"\"one\"\"\",The Ones,,no number,\n",
            output.ToString());
        Assert.Equal("line 3, Song, \"one\", The Ones: no number", row.ToString());
    }

    [Fact]
    public void The_output_stays_open_and_an_error_of_no_known_kind_is_named()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var writer = PredictionWriter.Csv(output, ["calm"]))
        {
            writer.Write(new SongResult("a.mp3") { Error = new AudioFormatException("it is no song") });
            writer.Write(new SongResult("b.mp3") { Error = new NotSupportedException("a bug") });
        }
        output.Write("behind");
        Assert.Equal("path,mood,error,calm\na.mp3,,it is no song,\nb.mp3,,NotSupportedException: a bug,\nbehind", output.ToString());
    }
}
