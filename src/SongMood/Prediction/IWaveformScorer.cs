using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>A model's way from the samples of a song, or of a part of it, to what it says: for one thread at a time.</summary>
internal interface IWaveformScorer : IDisposable
{
    /// <summary>The probabilities of the moods.</summary>
    float[] Score(VBuffer<float> waveform);

    /// <summary>What the model made of the samples that were scored last; empty where it has no such numbers.</summary>
    ReadOnlySpan<float> Embedding { get; }
}
