using Microsoft.ML.Data;

namespace SongMood.Learning;

/// <summary>The types of what is computed of a song, which are others for each kind of input.</summary>
/// <param name="Features">Of the descriptors, the embedding, or the mel spectrogram alone.</param>
/// <param name="Mel">Of the mel spectrogram beside descriptors; null where only one of both is computed.</param>
internal sealed record FeatureTypes(VectorDataViewType Features, VectorDataViewType? Mel);
