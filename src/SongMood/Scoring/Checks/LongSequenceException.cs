namespace SongMood.Scoring;

/// <summary>A network cannot score so many frames at once; of fewer it could.</summary>
internal sealed class LongSequenceException(string message) : InvalidOperationException(message);
