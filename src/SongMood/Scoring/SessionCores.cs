namespace SongMood.Scoring;

/// <summary>
/// How many cores the sessions of networks over patches use that this thread opens (<see cref="Embeddings.PatchNetwork"/>). A session
/// keeps what it was opened with, and ML.NET's loader, which opens them while it reads a zip, has no way to hand it down: so it is said
/// to the thread for as long as it loads.
/// </summary>
internal static class SessionCores
{
    [ThreadStatic]
    private static int? _most;

    /// <summary>ONNX Runtime's word for all cores is 0.</summary>
    public static int OfThisThread => _most ?? 0;

    /// <param name="most">1 or more; null for all.</param>
    /// <param name="load">Opens sessions on this thread.</param>
    public static T Limit<T>(int? most, Func<T> load)
    {
        var before = _most;
        _most = most;
        try
        {
            return load();
        }
        finally
        {
            _most = before;
        }
    }
}
