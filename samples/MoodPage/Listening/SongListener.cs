using MoodPage.Drawing;
using SongMood.Audio;
using SongMood.Prediction;

namespace MoodPage.Listening;

/// <summary>What is heard of one song.</summary>
/// <param name="Info">What the file says of itself.</param>
/// <param name="Timeline">The mood of the song and of its parts.</param>
/// <param name="SpectrogramPng">A picture of the mel spectrogram, from the song's start to its end.</param>
public sealed record Hearing(AudioInfo Info, MoodTimeline Timeline, byte[] SpectrogramPng);

/// <summary>Listens to one song: all that the page shows comes from here.</summary>
public sealed class SongListener(MoodPredictor predictor, PageLimits limits)
{
    // Finer than the defaults, so that a clip of half a minute has a line to look at; the smoothing keeps it calm.
    private static readonly TimelineOptions Steps = new()
    {
        Window = TimeSpan.FromSeconds(6),
        Hop = TimeSpan.FromSeconds(1.5),
    };

    /// <summary>Hears a song.</summary>
    /// <exception cref="AudioFormatException">It is no song that can be heard, or one that is too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Hearing Hear(ArraySegment<byte> file, CancellationToken cancellation)
    {
        var info = AudioFile.Probe(file, new AudioReadOptions { CancellationToken = cancellation });
        if (info.Duration > limits.MaximumDuration)
            throw new AudioFormatException($"it lasts {Wording.Clock(info.Duration)}, and this page hears songs of up to "
                + $"{Wording.Clock(limits.MaximumDuration)}: take a part of it");
        var timeline = predictor.PredictTimeline((ReadOnlyMemory<byte>)file, Steps, cancellation);
        return new Hearing(info, timeline, SpectrogramPicture.Draw(file, cancellation));
    }
}
