using Microsoft.ML.Runtime;
using SongMood.Dsp;
using SongMood.Transforms;

namespace SongMood.Persistence;

/// <summary>Which transformer a saved component becomes. Names stay for ever: model files carry them.</summary>
internal static class Components
{
    private delegate ColumnTransformer Factory(IHostEnvironment env, ComponentFile.Content saved);

    private static readonly Dictionary<string, Factory> Factories = new()
    {
        [AmplitudeToDecibelsTransformer.Name] = Of<DecibelOptions>(
            (env, o, i, state) => new AmplitudeToDecibelsTransformer(env, o, i, state)),
        [FixLengthTransformer.Name] = Of<FixLengthOptions>((env, o, i, state) => new FixLengthTransformer(env, o, i, state)),
        [LoadAudioTransformer.Name] = Of<LoadAudioOptions>((env, o, i, state) => new LoadAudioTransformer(env, o, i, state)),
        [LogCompressTransformer.Name] = Of<LogCompressOptions>((env, o, i, state) => new LogCompressTransformer(env, o, i, state)),
        [MelSpectrogramTransformer.Name] = Of<MelSpectrogramOptions>((env, o, i, state) => new MelSpectrogramTransformer(env, o, i, state)),
        [MfccTransformer.Name] = Of<MfccOptions>((env, o, i, state) => new MfccTransformer(env, o, i, state)),
        [MusicDescriptorsTransformer.Name] = Of<MusicDescriptorsOptions>(
            (env, o, i, state) => new MusicDescriptorsTransformer(env, o, i, state)),
        [PoolFramesTransformer.Name] = Of<PoolFramesOptions>((env, o, i, state) => new PoolFramesTransformer(env, o, i, state)),
        [PowerToDecibelsTransformer.Name] = Of<DecibelOptions>((env, o, i, state) => new PowerToDecibelsTransformer(env, o, i, state)),
        [ResampleAudioTransformer.Name] = Of<ResampleAudioOptions>((env, o, i, state) => new ResampleAudioTransformer(env, o, i, state)),
        [ScaleMinMaxTransformer.Name] = Of<ScaleMinMaxTransformer.Fitted>(
            (env, o, i, state) => new ScaleMinMaxTransformer(env, o, i, state)),
        [SpectrogramTransformer.Name] = Of<SpectrogramOptions>((env, o, i, state) => new SpectrogramTransformer(env, o, i, state)),
    };

    private static Factory Of<T>(Func<IHostEnvironment, string, string, T, ColumnTransformer> make) where T : new() =>
        (env, saved) => make(env, saved.Output, saved.Input, saved.StateAs<T>());

    public static ColumnTransformer Create(IHostEnvironment env, ComponentFile.Content saved) =>
        Factories.TryGetValue(saved.Component, out var factory)
            ? factory(env, saved)
            : throw new FormatException($"there is no component '{saved.Component}'; known are {string.Join(", ", Factories.Keys)}");
}
