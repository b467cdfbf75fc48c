namespace SongMood.Embeddings;

/// <summary>
/// The network that is embedded in this assembly (Embeddings/music-embedding.onnx; docs/embeddings.md says how it is taught), and how
/// it is run: as it was taught.
/// </summary>
internal static class MusicEmbeddingNetwork
{
    /// <summary>How far down from the clip's loudest it hears. What lies below is what encoders leave out or fill with noise.</summary>
    public const double RangeDb = 55;

    private const string ResourceName = "SongMood.Embeddings.music-embedding.onnx";

    public static bool Exists => typeof(MusicEmbeddingNetwork).Assembly.GetManifestResourceInfo(ResourceName) is not null;

    public static EmbedSpectrogramOptions Options => new()
    {
        ModelBytes = Read(),
        Layout = PatchLayout.BandsByFrames,
        BelowMaximumDb = RangeDb,
        PatchHop = 64,
        BatchPatches = 2, // of 16, the first layers' answers take 18 MB more, and no less time
        Operators = GraphOperators.Tagging,
    };

    private static byte[] Read()
    {
        using var resource = typeof(MusicEmbeddingNetwork).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException("This build of SongMood carries no network for MusicEmbedding. Teach one with "
                + "benchmarks/SongMood.Distillation, or bring your own: EmbedSpectrogram.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
