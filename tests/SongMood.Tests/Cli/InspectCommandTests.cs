namespace SongMood.Tests.Cli;

public sealed class InspectCommandTests(TrainedTones tones)
{
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
    public async Task What_is_no_model_is_refused() =>
        (await Tool.RunAsync("inspect", tones.Labels)).AssertFailed(tones.Labels, "no model that can be used");
}
