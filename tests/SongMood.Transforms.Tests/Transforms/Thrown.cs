using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

internal static class Thrown
{
    /// <summary>The error of ours that reading a data view raised, as a user finds it whatever ML.NET put around it.</summary>
    public static RowException By(Action action) =>
        Assert.IsType<RowException>(Assert.ThrowsAny<InvalidOperationException>(action).GetBaseException());
}
