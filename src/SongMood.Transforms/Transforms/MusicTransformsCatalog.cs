namespace Microsoft.ML;

/// <summary>
/// The transforms for music, as <c>mlContext.Transforms.LoadAudio(...)</c>, <c>mlContext.Transforms.MelSpectrogram(...)</c> and so on.
/// Each is in its component's folder.
/// </summary>
public static partial class MusicTransformsCatalog;
