using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using SongMood.Prediction;

namespace SongMood.Tests.Cli;

public sealed class InspectCommandTests(TrainedTones tones)
{
    private static readonly JsonSchema Schema = JsonPage.SchemaOf("inspect");

    [Fact]
    public async Task Shows_the_columns_the_steps_and_the_moods()
    {
        var run = await Tool.RunAsync("inspect", tones.Model);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Path: String", run.Out);
        foreach (var step in new[] { "LoadAudioTransformer: Path -> ", "MelSpectrogramTransformer", "PowerToDecibelsTransformer",
            "ScaleMinMaxTransformer", "NetworkPredictionTransformer" })
            Assert.Contains(step, run.Out);
        Assert.Contains("high, low", run.Out);
        Assert.Contains("Microsoft.ML 5.0.1", run.Out);
    }

    [Fact]
    public async Task Json_has_what_the_library_says_and_keeps_to_its_schema()
    {
        foreach (var model in new[] { null, tones.Model })
        {
            var run = await Tool.RunAsync(["inspect", .. model is null ? [] : new[] { model }, "--format", "json"]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var line = Assert.Single(run.OutLines);
            Assert.True(IsValid(line), line);
            var (json, said) = (JsonNode.Parse(line)!, model is null ? ModelDescription.ReadPretrained() : ModelDescription.Read(model));
            Assert.Equal((model, said.SizeBytes, "Microsoft.ML 5.0.1"),
                ((string?)json["path"], (long)json["sizeBytes"]!, (string?)json["writtenBy"]));
            Assert.Equal(said.InputColumns, Texts(json["inputs"]!));
            Assert.Equal(said.Steps, Texts(json["steps"]!));
            Assert.Equal(said.Moods, Texts(json["moods"]!));
            Assert.Equal(model is null, said.Confidence is not null); // one of each, so that both forms are seen
            Assert.Equal((said.Confidence?.Threshold, said.Confidence?.SongCount, said.Confidence?.AccuracyWhereSure),
                ((double?)json["confidence"]?["threshold"], (int?)json["confidence"]?["songs"],
                    (double?)json["confidence"]?["accuracyWhereSure"]));
        }
    }

    /// <summary>Else the schema would take anything.</summary>
    [Theory]
    [InlineData("""{"version":1,"path":null,"sizeBytes":1,"writtenBy":null,"inputs":[],"steps":[],"moods":[]}""")]
    [InlineData("""{"version":2,"path":null,"sizeBytes":1,"writtenBy":null,"inputs":[],"steps":[],"moods":[],"confidence":null}""")]
    [InlineData("""{"version":1,"path":null,"sizeBytes":1,"writtenBy":null,"inputs":[],"steps":[],"moods":[1],"confidence":null}""")]
    [InlineData("""{"version":1,"path":null,"sizeBytes":1,"writtenBy":null,"inputs":[],"steps":[],"moods":[],"confidence":{}}""")]
    public void The_schema_refuses_what_is_wrong(string line) => Assert.False(IsValid(line));

    [Fact]
    public async Task What_is_no_model_is_refused() =>
        (await Tool.RunAsync("inspect", tones.Labels)).AssertFailed(tones.Labels, "no model that can be used");

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(item => (string)item!);

    private static bool IsValid(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Schema.Evaluate(json.RootElement).IsValid;
    }
}
