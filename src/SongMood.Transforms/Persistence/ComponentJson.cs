using System.Text.Json.Serialization;
using SongMood.Dsp;
using SongMood.Transforms;

namespace SongMood.Persistence;

/// <summary>
/// The JSON code for everything that <c>component.json</c> may hold, written when this is compiled: where an app forbids reflection, as
/// trimmed and file-based ones do, there is no other.
/// </summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ComponentFile.Content))]
[JsonSerializable(typeof(DecibelOptions))]
[JsonSerializable(typeof(FixLengthOptions))]
[JsonSerializable(typeof(LoadAudioOptions))]
[JsonSerializable(typeof(LogCompressOptions))]
[JsonSerializable(typeof(MelSpectrogramOptions))]
[JsonSerializable(typeof(MfccOptions))]
[JsonSerializable(typeof(MusicDescriptorsOptions))]
[JsonSerializable(typeof(PoolFramesOptions))]
[JsonSerializable(typeof(ResampleAudioOptions))]
[JsonSerializable(typeof(ScaleMinMaxTransformer.Fitted))]
[JsonSerializable(typeof(SpectrogramOptions))]
internal sealed partial class ComponentJson : JsonSerializerContext;
