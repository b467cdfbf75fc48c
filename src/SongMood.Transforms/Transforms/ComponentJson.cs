using System.Text.Json.Serialization;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>
/// The JSON code for what <c>component.json</c> may hold of components, written when this is compiled: where an app forbids reflection, as
/// trimmed and file-based ones do, there is no other.
/// </summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConcatenateBlocksTransformer.FittedBlocks))]
[JsonSerializable(typeof(DecibelOptions))]
[JsonSerializable(typeof(FixLengthOptions))]
[JsonSerializable(typeof(LoadAudioOptions))]
[JsonSerializable(typeof(LogCompressOptions))]
[JsonSerializable(typeof(MelSpectrogramOptions))]
[JsonSerializable(typeof(MfccOptions))]
[JsonSerializable(typeof(SavedMusicDescriptors))]
[JsonSerializable(typeof(PoolFramesOptions))]
[JsonSerializable(typeof(ResampleAudioOptions))]
[JsonSerializable(typeof(ScaleMinMaxTransformer.Fitted))]
[JsonSerializable(typeof(SpectrogramOptions))]
internal sealed partial class ComponentJson : JsonSerializerContext;
