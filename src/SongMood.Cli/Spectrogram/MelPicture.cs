using ScottPlot;
using SongMood.Dsp;

namespace SongMood.Cli.Spectrogram;

/// <summary>Draws a mel spectrogram: time to the right, frequency up, decibels as colours.</summary>
internal static class MelPicture
{
    private const int Width = 1200, Height = 500; // pixels

    /// <summary>More columns than pixels would cost memory and show nothing: an hour has 155,000 frames.</summary>
    private const int MostColumns = 2 * Width;

    /// <summary>A PNG of these decibels, (bands, frames).</summary>
    public static byte[] Draw(string title, ReadOnlySpan<float> decibels, int frameCount, MelSpectrogramOptions options)
    {
        var secondsPerFrame = (double)options.HopLength / options.SampleRate;
        using var plot = new Plot();
        plot.Title(title);
        plot.XLabel("time (s)");
        plot.YLabel("frequency (Hz, mel scale)");
        var picture = plot.Add.Heatmap(Cells(decibels, options.BandCount, frameCount));
        picture.Colormap = new ScottPlot.Colormaps.Inferno();
        picture.FlipVertically = true; // ScottPlot's first row is the uppermost
        // Frames are centred on their times, so the first cell begins half a frame before 0.
        picture.Position = new CoordinateRect(-secondsPerFrame / 2, (frameCount - 0.5) * secondsPerFrame, 0, options.BandCount);
        plot.Add.ColorBar(picture).Label = "level (dB)";
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. FrequencyTicks(options)]);
        plot.Axes.SetLimits(0, Math.Max(frameCount - 1, 1) * secondsPerFrame, 0, options.BandCount);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <summary>The height of a frequency in the picture, in bands from its lower edge: the middle of band b is at b + 0.5.</summary>
    public static double HeightOf(double hz, MelSpectrogramOptions options)
    {
        var (low, high) = (SlaneyMel(options.MinHz), SlaneyMel(options.MaxHz ?? options.SampleRate / 2.0));
        // The triangles' corners are evenly spaced; that of band b has its peak at corner b + 1 of 0 ... bands + 1.
        return (SlaneyMel(hz) - low) / (high - low) * (options.BandCount + 1) - 0.5;
    }

    /// <summary>Linear to 1 kHz, 15 mel there; then 27 mel for each factor of 6.4 (M. Slaney, Auditory Toolbox, 1998).</summary>
    private static double SlaneyMel(double hz) => hz < 1000 ? hz * 3 / 200 : 15 + 27 * Math.Log(hz / 1000) / Math.Log(6.4);

    private static IEnumerable<Tick> FrequencyTicks(MelSpectrogramOptions options)
    {
        foreach (var hz in new[] { 125, 250, 500, 1000, 2000, 4000, 8000, 16000 })
            if (HeightOf(hz, options) is var height && height > 0 && height < options.BandCount)
                yield return Tick.Major(height, $"{hz}");
    }

    /// <summary>In a long song a column is the mean of the frames that share it.</summary>
    private static double[,] Cells(ReadOnlySpan<float> decibels, int bandCount, int frameCount)
    {
        var columns = Math.Min(frameCount, MostColumns);
        var cells = new double[bandCount, columns];
        for (var band = 0; band < bandCount; band++)
            for (var column = 0; column < columns; column++)
            {
                var (first, end) = ((int)((long)column * frameCount / columns), (int)((column + 1L) * frameCount / columns));
                double sum = 0;
                foreach (var value in decibels[(band * frameCount + first)..(band * frameCount + end)])
                    sum += value;
                cells[band, column] = sum / (end - first);
            }
        return cells;
    }
}
