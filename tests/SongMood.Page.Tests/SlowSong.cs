using SongMood.Audio;

namespace SongMood.Page.Tests;

/// <summary>
/// A format of its own, whose songs take as long as a test says: until they are let go, or given up. They are no songs in the end.
/// </summary>
internal sealed class SlowSong : IAudioDecoder
{
    private static readonly SlowSong Decoder = new();
    private readonly SemaphoreSlim _mayEnd = new(0), _began = new(0);
    private int _count, _mostAtOnce;

    static SlowSong() => AudioFile.Register(Decoder);

    public static byte[] Bytes { get; } = "SlowSong: until a test lets it go"u8.ToArray();

    /// <summary>How many were heard side by side.</summary>
    public static int MostAtOnce => Decoder._mostAtOnce;

    public static Task BeganAsync() => Decoder._began.WaitAsync();

    public static void LetGo(int songs) => Decoder._mayEnd.Release(songs);

    public IReadOnlyList<string> FileNameSuffixes => [];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith("SlowSong: "u8);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var atOnce = Interlocked.Increment(ref _count);
        _mostAtOnce = Math.Max(_mostAtOnce, atOnce); // one at once is what a test expects: no two write at a time
        _began.Release();
        try
        {
            _mayEnd.Wait(options.CancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
        throw new AudioFormatException("it was let go");
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
        throw new NotSupportedException("The page probes first, and hears of nothing more.");
}
