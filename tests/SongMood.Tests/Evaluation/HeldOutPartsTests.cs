using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public class HeldOutPartsTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 40).Select(row => row % 3)];

    private static readonly string?[] Groups = [.. Enumerable.Range(0, 40).Select(row => row % 8 == 7 ? null : $"group {row % 8}")];

    [Fact]
    public void Each_row_is_held_out_once_and_learnt_from_in_all_other_parts()
    {
        var parts = HeldOutParts.Folds(Labels, Groups, 4, seed: 5);
        Assert.Equal(StratifiedSplit.Folds(Labels, Groups, 4, seed: 5), parts.PartOf);
        Assert.Equal(Enumerable.Range(0, 40), parts.Held);
        HeldOutPart[] walked = [.. parts];
        Assert.Equal([(0, 4), (1, 4), (2, 4), (3, 4)], walked.Select(part => (part.Part, part.PartCount)));
        Assert.Equal(Enumerable.Range(0, 40), walked.SelectMany(part => part.Held).Order());
        foreach (var part in walked)
        {
            Assert.All(part.Held, row => Assert.Equal(part.Part, parts.PartOf[row]));
            Assert.Equal(Enumerable.Range(0, 40).Except(part.Held), part.Learnt);
        }
    }

    [Fact]
    public void A_share_is_one_part_whose_rows_alone_are_asked_about()
    {
        var held = StratifiedSplit.HoldOut(Labels, Groups, 0.3, seed: 2);
        var parts = HeldOutParts.Share(Labels, Groups, 0.3, seed: 2);
        var part = Assert.Single(parts);
        Assert.Equal((0, 1), (part.Part, part.PartCount));
        Assert.Equal(Enumerable.Range(0, 40).Where(row => held[row]), part.Held);
        Assert.Equal(Enumerable.Range(0, 40).Where(row => !held[row]), part.Learnt);
        Assert.Equal(part.Held, parts.Held);
        Assert.Equal(part.Held.Select(row => Labels[row]), parts.OfHeld(Labels));
        Assert.Equal(part.Learnt.Select(_ => -1), part.Learnt.Select(row => parts.PartOf[row]));
    }
}
