using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Dsp;
using SongMood.Persistence;
using SongMood.Transforms;

[assembly: ComponentTable(typeof(Components))]

namespace SongMood.Transforms;

/// <summary>Which transformer a saved component becomes. Names stay for ever: model files carry them.</summary>
internal sealed class Components : IComponentTable
{
    private delegate ITransformer Factory(IHostEnvironment env, SavedComponent saved);

    private static readonly Dictionary<string, (Func<object> NewState, Factory Create)> Known = new()
    {
        [AmplitudeToDecibelsTransformer.Name] = Of<DecibelOptions>(
            (env, o, i, state) => new AmplitudeToDecibelsTransformer(env, o, i, state)),
        [ConcatenateBlocksTransformer.Name] = (() => new ConcatenateBlocksTransformer.FittedBlocks(),
            (env, saved) => new ConcatenateBlocksTransformer(
                env, saved.OutputColumnName, (ConcatenateBlocksTransformer.FittedBlocks)saved.State)),
        [FixLengthTransformer.Name] = Of<FixLengthOptions>((env, o, i, state) => new FixLengthTransformer(env, o, i, state)),
        [LoadAudioTransformer.Name] = Of<LoadAudioOptions>((env, o, i, state) => new LoadAudioTransformer(env, o, i, state)),
        [LogCompressTransformer.Name] = Of<LogCompressOptions>((env, o, i, state) => new LogCompressTransformer(env, o, i, state)),
        [MelSpectrogramTransformer.Name] = Of<MelSpectrogramOptions>((env, o, i, state) => new MelSpectrogramTransformer(env, o, i, state)),
        [MfccTransformer.Name] = Of<MfccOptions>((env, o, i, state) => new MfccTransformer(env, o, i, state)),
        [MusicDescriptorsTransformer.Name] = Of<SavedMusicDescriptors>(
            (env, o, i, state) => new MusicDescriptorsTransformer(env, o, i, state.ToOptions())),
        [PoolFramesTransformer.Name] = Of<PoolFramesOptions>((env, o, i, state) => new PoolFramesTransformer(env, o, i, state)),
        [PowerToDecibelsTransformer.Name] = Of<DecibelOptions>((env, o, i, state) => new PowerToDecibelsTransformer(env, o, i, state)),
        [ResampleAudioTransformer.Name] = Of<ResampleAudioOptions>((env, o, i, state) => new ResampleAudioTransformer(env, o, i, state)),
        [ScaleMinMaxTransformer.Name] = Of<ScaleMinMaxTransformer.Fitted>(
            (env, o, i, state) => new ScaleMinMaxTransformer(env, o, i, state)),
        [SpectrogramTransformer.Name] = Of<SpectrogramOptions>((env, o, i, state) => new SpectrogramTransformer(env, o, i, state)),
    };

    public IJsonTypeInfoResolver States => ComponentJson.Default;

    public object NewState(string name) => Known.TryGetValue(name, out var component)
        ? component.NewState()
        : throw new FormatException($"there is no component '{name}'; known are {string.Join(", ", Known.Keys)}");

    public ITransformer Create(IHostEnvironment env, SavedComponent saved) => Known[saved.Name].Create(env, saved);

    private static (Func<object>, Factory) Of<T>(Func<IHostEnvironment, string, string, T, ColumnTransformer> make) where T : new() =>
        (() => new T(), (env, saved) => make(env, saved.OutputColumnName,
            saved.InputColumnName ?? throw new FormatException("it names no input column"), (T)saved.State));
}
