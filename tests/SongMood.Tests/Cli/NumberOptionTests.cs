using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>Numbers on the command line are read in one way, strictly: never is a decimal comma taken for something else.</summary>
[Collection(nameof(Torch))]
public sealed class NumberOptionTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--learning-rate", "0,001", "--learning-rate is 0,001; expected a number above 0. Write a decimal point: 0.001.")]
    [InlineData("--learning-rate", "NaN", "--learning-rate is NaN; expected a number above 0.")]
    [InlineData("--learning-rate", "1e999", "--learning-rate is 1e999; expected a number above 0.")]
    [InlineData("--learning-rate", "-0.1", "--learning-rate is -0.1; expected a number above 0.")]
    [InlineData("--seconds", "2,5", "--seconds is 2,5; expected a number above 0. Write a decimal point: 2.5.")]
    [InlineData("--seconds", "1,234.5", "--seconds is 1,234.5; expected a number above 0. Write nothing between thousands.")]
    [InlineData("--dropout", "0,5", "--dropout is 0,5; expected 0 or more and less than 1. Write a decimal point: 0.5.")]
    [InlineData("--dropout", "1", "--dropout is 1; expected 0 or more and less than 1.")]
    [InlineData("--weight-decay", "0,01", "--weight-decay is 0,01; expected a number of 0 or more. Write a decimal point: 0.01.")]
    [InlineData("--epochs", "1,000", "--epochs is 1,000; expected a whole number, 1 or more. Write nothing between thousands.")]
    [InlineData("--hidden", "1,024", "--hidden is '1,024'; expected sizes above 0")]
    [InlineData("--epochs", "1.000", "--epochs is 1.000; expected a whole number, 1 or more.")]
    [InlineData("--epochs", "99999999999", "--epochs is 99999999999; expected a whole number, 1 or more.")]
    [InlineData("--seed", "1.5", "--seed is 1.5; expected a whole number.")]
    [InlineData("--bags", "0", "--bags is 0; expected a whole number, 1 or more.")]
    [InlineData("--cross-validate", "1", "--cross-validate is 1; expected a whole number, 2 or more.")]
    public async Task What_may_be_read_in_two_ways_is_refused(string option, string value, string says) =>
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", _folder.File("m.zip"), option, value)).AssertFailed(says);

    [Theory]
    [InlineData("evaluate")]
    [InlineData("sweep")]
    public async Task A_share_with_a_comma_is_refused(string command) =>
        (await Tool.RunAsync(command, "--data", tones.Labels, "--out", _folder.File("t.csv"), "--hold-out", "0,24"))
            .AssertFailed("--hold-out is 0,24; expected more than 0 and less than 1, such as 0.24. Write a decimal point: 0.24.");

    [Theory]
    [InlineData("--weight-decay", "0,01")] // else 0 and 1
    [InlineData("--weight-decay", "0,1")]
    [InlineData("--weight-decay", "0.1,0,05")]
    [InlineData("--learning-rate", "1,5")]
    [InlineData("--learning-rate", "0,001..0,1")]
    public async Task A_list_that_may_be_a_number_with_a_comma_is_refused(string option, string list) =>
        (await Tool.RunAsync("sweep", "--data", tones.Labels, "--out", _folder.File("t.csv"), option, list))
            .AssertFailed($"{option} '{list}' may be a number with a decimal comma", list.Replace(',', '.'));

    [Fact]
    public void Lists_that_can_only_be_lists_are_read()
    {
        Assert.Equal("0,0.001,0.01", SongMood.Learning.SweepParameter.WeightDecay.Parse("0,1e-3,1e-2", "--weight-decay").Text);
        Assert.Equal("0,1", SongMood.Learning.SweepParameter.WeightDecay.Parse("0.0,1.0", "--weight-decay").Text);
        Assert.Equal("16,64", SongMood.Learning.SweepParameter.BatchSize.Parse("16,64", "--batch").Text);
        Assert.Equal("0,1", SongMood.Learning.SweepAxis.WeightDecays(0, 1).Text); // numbers, not text: there is nothing to mistake
    }
}
