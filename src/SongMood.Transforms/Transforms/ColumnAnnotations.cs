namespace SongMood.Transforms;

/// <summary>The names of the column annotations by which one transform tells the next what a column holds.</summary>
/// <example><code>
/// var songs = mlContext.Data.LoadFromEnumerable([new { Path = "song.mp3" }]);
/// var column = mlContext.Transforms.LoadAudio("Audio", "Path").Fit(songs).Transform(songs).Schema["Audio"];
/// var rate = 0;
/// column.Annotations.GetValue(ColumnAnnotations.SampleRate, ref rate); // 22050
/// </code></example>
public static class ColumnAnnotations
{
    /// <summary>
    /// Int32: samples a second of a waveform, or of the waveform that a spectrogram was made of; 0 where every row has its own rate.
    /// </summary>
    public const string SampleRate = "SampleRate";

    /// <summary>Int32: samples (at <see cref="SampleRate"/>) from one frame of a spectrogram to the next.</summary>
    public const string HopLength = "HopLength";

    /// <summary>Boolean, ML.NET's own: the values have been scaled.</summary>
    internal const string IsNormalized = "IsNormalized";

    /// <summary>Vector of text, ML.NET's own: what each value of the vector is called.</summary>
    internal const string SlotNames = "SlotNames";
}
