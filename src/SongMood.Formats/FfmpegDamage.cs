using System.Globalization;
using System.Text.RegularExpressions;
using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// What is lost of an input that ffmpeg has read. It goes on behind what it cannot decode, and ends well (exit code 0) though half of a
/// file is missing: only its complaints, and the length that the container says, tell of it.
/// </summary>
internal static partial class FfmpegDamage
{
    // Containers say their length to the hundredth, and with an encoder's padding; what is missing of less than this is none of a song.
    private const double LeastMissingSeconds = 1, LeastMissingShare = 0.02;

    /// <param name="run">The run that decoded.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="seconds">How long what came out lasts.</param>
    public static AudioDamage Find(FfmpegRun run, AudioReadOptions options, double seconds)
    {
        var decoded = options.Offset.TotalSeconds + seconds;
        var promised = options.Duration is null && Promised(run.Lines) is { } length
            && length - decoded > LeastMissingSeconds + LeastMissingShare * length
            ? TimeSpan.FromSeconds(length) : (TimeSpan?)null;
        var complaints = run.Complaints;
        var isLost = complaints.Count > 0 || promised is not null;
        return new AudioDamage
        {
            HasFrames = false,
            LostFrameCount = isLost ? 1 : 0,
            HasOtherChannels = run.ChannelCounts.Where(count => count > 0).Distinct().Count() > 1,
            Decoded = TimeSpan.FromSeconds(decoded),
            Promised = promised,
            Complaint = complaints.Count == 0 ? null : $"ffmpeg says that it is damaged: {complaints[0]}"
                + (complaints.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (and {complaints.Count - 1} more)") : ""),
        };
    }

    // What it reckons from the number of bytes it calls an estimate; where there is a film, it may be longer than its sound.
    private static double? Promised(IReadOnlyList<string> lines) =>
        lines.Any(line => line.Contains("Estimating duration", StringComparison.Ordinal)
            || (line.Contains(": Video: ", StringComparison.Ordinal) && !line.Contains("(attached pic)", StringComparison.Ordinal)))
            ? null
            : lines.Select(line => Duration().Match(line)).FirstOrDefault(match => match.Success) is { } found
            && TimeSpan.TryParse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var length) ? length.TotalSeconds : null;

    [GeneratedRegex(@"^\[info\]   Duration: (\d\d:\d\d:\d\d\.\d+),")]
    private static partial Regex Duration();
}
