namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The tempo in a mean autocorrelation of onset strength: the lag with the largest log(1 + 10^6 a) plus a log-normal preference for
/// 120 beats a minute, an octave wide, as librosa.feature.tempo chooses. Unit: beats a minute; 0 where nothing pulses.
/// </summary>
internal static class Tempo
{
    private const double PreferredBpm = 120, FastestBpm = 320;

    public static double BpmOfLag(double lag) => 60 * FrameAnalysis.FramesPerSecond / lag;

    /// <summary>The lag in frames, or 0 where the signal has no onsets.</summary>
    public static int BestLag(ReadOnlySpan<float> autocorrelation)
    {
        if (autocorrelation[0] <= 0)
            return 0;
        var (best, bestScore) = (0, double.NegativeInfinity);
        for (var lag = 1; lag < autocorrelation.Length; lag++)
        {
            var bpm = BpmOfLag(lag);
            if (bpm >= FastestBpm)
                continue;
            var octaves = Math.Log2(bpm / PreferredBpm);
            var score = Math.Log(1 + 1e6 * autocorrelation[lag]) - 0.5 * octaves * octaves;
            if (score > bestScore)
                (best, bestScore) = (lag, score);
        }
        return best;
    }

    /// <summary>
    /// Where between whole frames the autocorrelation peaks: the top of the parabola through the best lag and its neighbours, at most
    /// half a frame away. A frame is 2 % of a period at 120 beats a minute, and 4 % at 240. Onsets fall into whole frames, so this finds
    /// about half of the fraction; <see cref="PulsePeriod"/> finds the rest.
    /// </summary>
    public static double Refine(ReadOnlySpan<float> autocorrelation, int lag)
    {
        if (lag < 2 || lag + 1 >= autocorrelation.Length)
            return lag;
        double left = autocorrelation[lag - 1], middle = autocorrelation[lag], right = autocorrelation[lag + 1];
        var curvature = left - 2 * middle + right;
        return curvature >= 0 ? lag : lag + Math.Clamp((left - right) / (2 * curvature), -0.5, 0.5);
    }
}
