namespace SongMood.Learning;

/// <summary>What a network learns from.</summary>
public enum SongInput
{
    /// <summary>The music descriptors of the audio.</summary>
    Descriptors,

    /// <summary>The mel spectrogram of the audio.</summary>
    Mel,

    /// <summary>Both of these, by a network each, and the weighted mean of what they say.</summary>
    Both,

    /// <summary>The music embedding of the audio: what a network that was taught on much music says of it.</summary>
    Embedding,

    /// <summary>The numeric columns that the songs were read with (<see cref="LabelledSongsOptions.FeatureColumns"/>).</summary>
    Columns,
}
