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
        [AmplitudeToDecibelsTransformer.Name] = (env, saved) => new AmplitudeToDecibelsTransformer(env, saved.Output, saved.Input, saved.StateAs<DecibelOptions>()),
        [FixLengthTransformer.Name] = (env, saved) => new FixLengthTransformer(env, saved.Output, saved.Input, saved.StateAs<FixLengthOptions>()),
        [LoadAudioTransformer.Name] = (env, saved) => new LoadAudioTransformer(env, saved.Output, saved.Input, saved.StateAs<LoadAudioOptions>()),
        [LogCompressTransformer.Name] = (env, saved) => new LogCompressTransformer(env, saved.Output, saved.Input, saved.StateAs<LogCompressOptions>()),
        [MelSpectrogramTransformer.Name] = (env, saved) => new MelSpectrogramTransformer(env, saved.Output, saved.Input, saved.StateAs<MelSpectrogramOptions>()),
        [MfccTransformer.Name] = (env, saved) => new MfccTransformer(env, saved.Output, saved.Input, saved.StateAs<MfccOptions>()),
        [PoolFramesTransformer.Name] = (env, saved) => new PoolFramesTransformer(env, saved.Output, saved.Input, saved.StateAs<PoolFramesOptions>()),
        [PowerToDecibelsTransformer.Name] = (env, saved) => new PowerToDecibelsTransformer(env, saved.Output, saved.Input, saved.StateAs<DecibelOptions>()),
        [ResampleAudioTransformer.Name] = (env, saved) => new ResampleAudioTransformer(env, saved.Output, saved.Input, saved.StateAs<ResampleAudioOptions>()),
        [ScaleMinMaxTransformer.Name] = (env, saved) => new ScaleMinMaxTransformer(env, saved.Output, saved.Input, saved.StateAs<ScaleMinMaxTransformer.Fitted>()),
        [SpectrogramTransformer.Name] = (env, saved) => new SpectrogramTransformer(env, saved.Output, saved.Input, saved.StateAs<SpectrogramOptions>()),
    };

    public static ColumnTransformer Create(IHostEnvironment env, ComponentFile.Content saved) =>
        Factories.TryGetValue(saved.Component, out var factory)
            ? factory(env, saved)
            : throw new FormatException($"there is no component '{saved.Component}'; known are {string.Join(", ", Factories.Keys)}");
}
