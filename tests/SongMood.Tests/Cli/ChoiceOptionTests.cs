using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>An option that takes one of some words says so in our words, whatever command it is of.</summary>
[Collection(nameof(Torch))]
public sealed class ChoiceOptionTests
{
    [Theory]
    [InlineData("train --data x.csv --model m.zip --inputs sound", "--inputs is sound; expected embedding, descriptors, mel or both.")]
    [InlineData("train --data x.csv --model m.zip --inputs columns",
        "--inputs is columns; expected embedding, descriptors, mel or both. Name the columns to learn from: --columns a,b,c.")]
    [InlineData("train --data x.csv --model m.zip --network MLP", "--network is MLP; expected ")]
    [InlineData("predict x.mp3 --format xml", "--format is xml; expected table, json, csv or parquet.")]
    [InlineData("predict x.mp3 --playlist-paths here", "--playlist-paths is here; expected relative or absolute.")]
    [InlineData("sweep --data x.csv --out t.csv --strategy best", "--strategy is best; expected grid, random or halving.")]
    [InlineData("extract --data x.csv --out f.idv --format npy", "--format is npy; expected idv, csv or parquet.")]
    [InlineData("inspect --format xml", "--format is xml; expected table or json.")]
    [InlineData("tag x.mp3 --format xml", "--format is xml; expected table or json.")]
    [InlineData("similar x.mp3 --in x.index --format xml", "--format is xml; expected table or json.")]
    public async Task Another_word_is_refused_with_those_that_there_are(string command, string says)
    {
        var tool = await Tool.RunAsync(command.Split(' '));
        tool.AssertFailed(says);
        Assert.DoesNotContain("not recognized", tool.Error);
        Assert.DoesNotContain('\t', tool.Error);
    }
}
