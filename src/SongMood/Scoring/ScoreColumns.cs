using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Scoring;

/// <summary>The two columns that a classifier adds, with the annotations of ML.NET's own multiclass scorer.</summary>
internal static class ScoreColumns
{
    public const string Score = DefaultColumnNames.Score;
    public const string PredictedLabel = DefaultColumnNames.PredictedLabel;

    /// <summary>The graph's second output as a column: inside this library only, where something is to be trained on it.</summary>
    public const string Embedding = "members' outputs";

    public static DataViewSchema.DetachedColumn[] Of(DataViewSchema input, int classCount, LabelNames names)
    {
        var setId = input.GetMaxAnnotationKind(out _, AnnotationUtils.Kinds.ScoreColumnSetId) + 1;

        var onLabel = new DataViewSchema.Annotations.Builder();
        names.Annotate(onLabel, AnnotationUtils.Kinds.KeyValues);
        AddScoreKinds(onLabel, setId, AnnotationUtils.Const.ScoreValueKind.PredictedLabel);

        var onScore = new DataViewSchema.Annotations.Builder();
        names.Annotate(onScore, AnnotationUtils.Kinds.TrainingLabelValues);
        if (names.Type?.ItemType is TextDataViewType)
            names.Annotate(onScore, AnnotationUtils.Kinds.SlotNames);
        AddScoreKinds(onScore, setId, AnnotationUtils.Const.ScoreValueKind.Score);

        return
        [
            new(PredictedLabel, new KeyDataViewType(typeof(uint), classCount), onLabel.ToAnnotations()),
            new(Score, new VectorDataViewType(NumberDataViewType.Single, classCount), onScore.ToAnnotations()),
        ];
    }

    public static DataViewSchema.DetachedColumn EmbeddingOf(OnnxNetwork network) =>
        new(Embedding, new VectorDataViewType(NumberDataViewType.Single, network.EmbeddingSize), null);

    public static SchemaShape.Column[] ShapesOf(SchemaShape.Column label) =>
    [
        new(PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, new SchemaShape(
            label.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues)
                .Concat(AnnotationUtils.GetTrainerOutputAnnotation()))),
        new(Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(label))),
    ];

    private static void AddScoreKinds(DataViewSchema.Annotations.Builder annotations, uint setId, string valueKind)
    {
        annotations.Add(AnnotationUtils.Kinds.ScoreColumnSetId, AnnotationUtils.ScoreColumnSetIdType, (ref uint value) => value = setId);
        AddText(AnnotationUtils.Kinds.ScoreColumnKind, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);
        AddText(AnnotationUtils.Kinds.ScoreValueKind, valueKind);

        void AddText(string kind, string text) => annotations.Add(
            kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }

    /// <summary>
    /// The key (1-based) of the highest probability, or 0, ML.NET's missing key, where the probabilities are not numbers.
    /// </summary>
    public static uint KeyOf(ReadOnlySpan<float> probabilities)
    {
        var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(probabilities); // the index of a NaN where there is one
        return best < 0 || float.IsNaN(probabilities[best]) ? 0 : (uint)best + 1;
    }
}
