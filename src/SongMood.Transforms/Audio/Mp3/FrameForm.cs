namespace SongMood.Audio.Mp3;

/// <summary>The form in which frames are wanted.</summary>
/// <param name="ChannelCount">1, mixed down where need be, or 2.</param>
/// <param name="RateDivisor">1, or 2 for half the rate.</param>
/// <param name="IsOdd">At half the rate: whether the samples wanted are 1, 3, 5 .. of the full rate, and not 0, 2, 4 ..</param>
/// <param name="IsShaped">At half the rate: whether lines are weighted as resampling would; where it follows, it shapes the band's
/// end.</param>
internal readonly record struct FrameForm(int ChannelCount, int RateDivisor, bool IsOdd, bool IsShaped)
{
    /// <summary>The form that the options ask for, of a stream read from this sample on.</summary>
    public static FrameForm Of(FramePlan plan, AudioReadOptions options, long start)
    {
        var first = plan.First;
        var isMono = options.Mono || first.ChannelCount == 1;

        // Half the rate is a whole number at all rates but 11,025 Hz.
        var isHalfEnough = plan.Layers.HasHalfRate && first.SampleRate % 2 == 0
            && 2 * options.SampleRate <= first.SampleRate && plan.Segments.Count == 1;
        return options.Quality == AudioQuality.Fast && isMono && isHalfEnough
            ? new FrameForm(1, 2, start % 2 == 1, 2 * options.SampleRate == first.SampleRate)
            : new FrameForm(isMono ? 1 : 2, 1, false, false);
    }
}
