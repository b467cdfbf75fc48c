using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace SongMood.Scoring;

/// <summary>What a feature column holds, as far as its type and annotations say, and what to do where a network cannot take it.</summary>
/// <param name="IsVector">Whether a row has several values.</param>
/// <param name="ItemType">The type of a value.</param>
/// <param name="IsSpectrogram">Whether it has bands and frames.</param>
/// <param name="IsWaveform">Whether it is sound that no transform has made frames of.</param>
internal readonly record struct FeatureForm(bool IsVector, DataViewType ItemType, bool IsSpectrogram, bool IsWaveform)
{
    private const string SequenceTrainers = "Crnn, Attention, Lstm, Gru and Rnn";

    public static FeatureForm Of(DataViewSchema.Column column) => Of(
        column.Type is VectorDataViewType, column.Type is VectorDataViewType vector ? vector.ItemType : column.Type,
        column.Type is VectorDataViewType { Dimensions.Length: 2 }, column.Annotations.Schema.Select(annotation => annotation.Name));

    /// <summary>The same before there is data: of a vector's dimensions nothing is known then.</summary>
    public static FeatureForm Of(SchemaShape.Column column) => Of(
        column.Kind != SchemaShape.Column.VectorKind.Scalar, column.ItemType, false,
        column.Annotations.Select(annotation => annotation.Name));

    private static FeatureForm Of(bool isVector, DataViewType itemType, bool hasTwoDimensions, IEnumerable<string> annotations)
    {
        var known = annotations.ToHashSet();
        var isSpectrogram = hasTwoDimensions || known.Contains(ColumnAnnotations.HopLength);
        return new FeatureForm(isVector, itemType, isSpectrogram, !isSpectrogram && known.Contains(ColumnAnnotations.SampleRate));
    }

    /// <summary>The error for a column that a network cannot take: what it is, what is needed, and what to use instead.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="found">Its type.</param>
    /// <param name="wantsSequence">Whether the network is one over spectrograms.</param>
    public ArgumentException Misfit(string column, string found, bool wantsSequence) => new(
        $"The feature column '{column}' is {found}, but " + (wantsSequence
            ? "a vector of Single with the dimensions (bands, frames) is needed, as MelSpectrogram writes. "
            : "a vector of Single of known size is needed, as Concatenate writes. ")
        + Advice(column, wantsSequence));

    private string Advice(string column, bool wantsSequence)
    {
        if (ItemType == TextDataViewType.Instance)
            return $"If it names audio files, put LoadAudio and {(wantsSequence ? "MelSpectrogram" : "MusicDescriptors")} before the "
                + "trainer.";
        if (ItemType != NumberDataViewType.Single)
            return $"Put Conversion.ConvertType(\"{column}\", outputKind: DataKind.Single) before the trainer if these are numbers.";
        if (IsWaveform)
            return wantsSequence ? "It is a waveform: put MelSpectrogram between it and the trainer."
                : $"It is a waveform: put MusicDescriptors between it and the trainer, or MelSpectrogram and take one of "
                    + $"{SequenceTrainers}.";
        if (wantsSequence)
            return "Take Mlp or Cnn for plain numbers. Spectrograms that come from elsewhere need their dimensions: [VectorType(bands, "
                + "frames)].";
        if (!IsVector)
            return $"Put Concatenate(\"Features\", \"{column}\", ...) before the trainer.";
        var spectrogram = $"Take one of {SequenceTrainers} for spectrograms of any length";
        return IsSpectrogram
            ? $"{spectrogram}, put FixLength(\"{column}\") before the trainer, or learn from MusicDescriptors of the waveform."
            : $"Put FixLength(\"{column}\") before the trainer. {spectrogram}; those have the dimensions (bands, frames).";
    }
}
