using Microsoft.ML.Data;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// A network's front end in one step: <c>ResampleAudio</c>, <c>FixLength</c> where it asks for a length, <c>MelSpectrogram</c>, and
    /// <c>LogCompress</c> or decibels. Input: a waveform that knows its sample rate, as <c>LoadAudio</c> writes it; several front ends may
    /// read one, which is decoded once. Output: (bands, frames), in the front end's unit.
    /// </summary>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.LogMelSpectrogram("LogMel", "Audio", MelFrontEnd.Musicnn));
    /// </code></example>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write; the steps between are written into it as well, and hidden by the next.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="frontEnd">Which, such as <see cref="MelFrontEnd.Musicnn"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static IEstimator<ITransformer> LogMelSpectrogram(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName, MelFrontEnd frontEnd)
    {
        ArgumentNullException.ThrowIfNull(frontEnd);
        frontEnd.Validate();
        IEstimator<ITransformer> steps = catalog.ResampleAudio(outputColumnName, inputColumnName, frontEnd.Mel.SampleRate);
        if (frontEnd.Seconds is { } seconds)
            steps = steps.Append(catalog.FixLength(outputColumnName, null, new FixLengthOptions { Seconds = seconds }));
        steps = steps.Append(catalog.MelSpectrogram(outputColumnName, null, frontEnd.Mel));
        if (frontEnd.Log is { } log)
            steps = steps.Append(catalog.LogCompress(outputColumnName, null, log));
        if (frontEnd.Decibels is { } decibels)
            steps = frontEnd.Mel.Power == 1
                ? steps.Append(catalog.AmplitudeToDecibels(outputColumnName, null, decibels))
                : steps.Append(catalog.PowerToDecibels(outputColumnName, null, decibels));
        return steps;
    }
}
