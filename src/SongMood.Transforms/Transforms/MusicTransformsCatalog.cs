namespace Microsoft.ML;

/// <summary>
/// The transforms for music, as <c>mlContext.Transforms.LoadAudio(...)</c>, <c>mlContext.Transforms.MelSpectrogram(...)</c> and so on.
/// </summary>
public static partial class MusicTransformsCatalog;
