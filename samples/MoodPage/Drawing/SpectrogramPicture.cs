using SongMood.Audio;
using SongMood.Dsp;

namespace MoodPage.Drawing;

/// <summary>Draws the mel spectrogram of a song: time to the right, frequency up, decibels as colours.</summary>
internal static class SpectrogramPicture
{
    internal const int MostColumns = 1200; // pixels; more would not be seen

    private const double RangeDb = 75; // below the loudest; what is quieter is dark
    private static readonly TimeSpan PieceLength = TimeSpan.FromSeconds(30);

    /// <summary>Frames begin where they are, so that those of pieces are those of the whole.</summary>
    internal static readonly MelSpectrogramOptions Options = new() { BandCount = 96, Center = false };

    /// <summary>A PNG of one column a frame, or the mean of some, from the song's start to its end.</summary>
    /// <exception cref="AudioFormatException">It is no audio that we read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Draw(ArraySegment<byte> file, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(file.Array!, file.Offset, file.Count, writable: false);
        var options = new AudioReadOptions
        {
            Mono = true,
            SampleRate = Options.SampleRate,
            Quality = AudioQuality.Fast,
            CancellationToken = cancellation,
        };
        return Draw(AudioFile.ReadPieces(stream, PieceLength, options).Select(piece => piece.ToMono()));
    }

    /// <summary>The same of samples, a piece at a time, so that no song is in memory as a whole.</summary>
    internal static byte[] Draw(IEnumerable<float[]> pieces)
    {
        var frames = Frames(pieces);
        var columnCount = Math.Min(frames.Count, MostColumns);
        var decibels = new float[Options.BandCount * columnCount];
        for (var column = 0; column < columnCount; column++)
        {
            var (first, end) = ((int)((long)column * frames.Count / columnCount), (int)((column + 1L) * frames.Count / columnCount));
            for (var frame = first; frame < end; frame++)
                for (var band = 0; band < Options.BandCount; band++)
                    decibels[(Options.BandCount - 1 - band) * columnCount + column] += frames[frame][band] / (end - first);
        }
        Decibels.FromPower(decibels, decibels, new DecibelOptions { ReferenceIsMax = true, TopDb = RangeDb });
        var pixels = Array.ConvertAll(decibels, value => (byte)Math.Round(255 * (1 + value / RangeDb)));
        return Png.Encode(pixels, columnCount, HeatColors.Palette);
    }

    /// <summary>The powers of the bands, frame by frame. What is left of a piece goes before the next.</summary>
    private static List<float[]> Frames(IEnumerable<float[]> pieces)
    {
        var spectrogram = new MelSpectrogram(Options);
        var frames = new List<float[]>();
        float[] rest = [];
        foreach (var piece in pieces)
        {
            rest = [.. rest, .. piece];
            if (rest.Length < Options.FftLength)
                continue;
            Add(frames, spectrogram, rest);
            rest = rest[(spectrogram.FrameCount(rest.Length) * Options.HopLength)..];
        }
        // The end, with zeros behind it: less than a frame's length, of which all but a hop was in the frames before.
        if (frames.Count == 0 || rest.Length > Options.FftLength - Options.HopLength)
            Add(frames, spectrogram, [.. rest, .. new float[Options.FftLength - rest.Length]]);
        return frames;
    }

    private static void Add(List<float[]> frames, MelSpectrogram spectrogram, float[] samples)
    {
        var count = spectrogram.FrameCount(samples.Length);
        var powers = new float[Options.BandCount * count];
        spectrogram.Compute(samples, powers);
        for (var frame = 0; frame < count; frame++)
        {
            var bands = new float[Options.BandCount];
            for (var band = 0; band < bands.Length; band++)
                bands[band] = powers[band * count + frame];
            frames.Add(bands);
        }
    }
}
