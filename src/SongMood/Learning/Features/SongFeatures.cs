using Microsoft.ML.Data;
using SongMood.Audio;

namespace SongMood.Learning;

/// <summary>What a pipeline computes of a song.</summary>
internal sealed class SongFeatures
{
    /// <summary>The descriptors, or the mel spectrogram alone, or the numeric columns.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>The mel spectrogram in decibels beside descriptors; null where only one of both is asked for.</summary>
    [ColumnName(LearningRecipe.MelColumn)]
    public float[]? Mel { get; set; }

    /// <summary>What is lost of the song; none where it was not heard now.</summary>
    [Microsoft.ML.Data.NoColumn]
    public AudioDamage Damage { get; init; } = AudioDamage.None;
}
