namespace SongMood.Tests.Transforms;

internal static class Thrown
{
    /// <summary>The error of ours that reading a data view raised, without ML.NET's wrapper for parallel cursors.</summary>
    public static Exception By(Action action)
    {
        var thrown = Assert.Throws<InvalidOperationException>(action);
        return thrown.Message.StartsWith("Splitter/consolidator", StringComparison.Ordinal) ? thrown.InnerException! : thrown;
    }
}
