namespace SongMood.Transforms.Tests;

/// <summary>The one wording of everything that is wrong with options.</summary>
public class OptionFaultsTests
{
    private enum Kind
    {
        One,
        Two,
    }

    [Fact]
    public void All_faults_are_in_one_error()
    {
        var faults = new OptionFaults();
        faults.Need(false, "Rate", -0.5, "above 0");
        faults.Need(true, "Epochs", 3, "at least 1");
        faults.Need<int?>(false, "Count", null, "a number");
        faults.NeedDefined((Kind)7, "Kind");
        faults.NeedDefined(Kind.Two, "Kind");
        faults.Within("Head", head => head.NeedSizes([4, 0], "Sizes"));
        faults.NeedName("", "Column");
        faults.NeedDropout(double.NaN, "Dropout");
        faults.Need(false, "there is nothing to do");
        Assert.Equal(
            "Options: Rate is -0.5, expected above 0; Count is null, expected a number; Kind is 7, expected one of One, Two; "
            + "Head.Sizes is [4, 0], expected at least one size, each at least 1; Column is \"\", expected a column's name; "
            + "Dropout is NaN, expected from 0 to below 1; there is nothing to do.",
            Assert.Throws<ArgumentException>(() => faults.ThrowIfAny("Options")).Message);
    }

    [Fact]
    public void Nothing_wrong_is_no_error() => new OptionFaults().ThrowIfAny("Options");
}
