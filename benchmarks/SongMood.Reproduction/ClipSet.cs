using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp.Descriptors;
using SongMood.Learning;

namespace SongMood.Reproduction;

/// <summary>The clips with their music descriptors, the preset of eleven of these, and their mel spectrograms.</summary>
internal sealed class ClipSet : SongSet
{
    /// <summary>The preset in the place of the paper's eleven tabular features.</summary>
    public const string Eleven = nameof(Preset.Eleven);

    /// <summary>All descriptors.</summary>
    public const string Descriptors = nameof(All.Descriptors);

    /// <summary>The mel spectrogram in decibels, 128 x 1232, as in the paper.</summary>
    public const string Mel = "Mel";

    private const int Frames = 1232;

    private readonly ITransformer _columns;

    private ClipSet(LabelledSongs songs, FeatureTable table, MLContext context) : base("30 s clips", songs, table)
    {
        var places = table.PlacesOf(MusicDescriptorExtractor.NamesOf(DescriptorGroups.None, MusicDescriptorExtractor.Eleven));
        var preset = SchemaDefinition.Create(typeof(Preset));
        preset[Eleven].ColumnType = new VectorDataViewType(NumberDataViewType.Single, places.Length);
        _columns = context.Transforms.CopyColumns(Descriptors, LearningRecipe.FeatureColumn)
            .Append(context.Transforms.CustomMapping<All, Preset>(
                (all, chosen) => chosen.Eleven = Array.ConvertAll(places, place => all.Descriptors[place]), contractName: null,
                outputSchemaDefinition: preset))
            .Append(context.Transforms.FixLength(Mel, LearningRecipe.MelColumn, count: Frames))
            .Fit(table.View(context, []));
    }

    /// <summary>Listens to all clips, on all processors.</summary>
    public static async Task<ClipSet> ListenAsync(
        MLContext context, string labelsCsv, IProgress<LearningProgress> progress, CancellationToken cancellation)
    {
        var songs = LabelledSongs.Read(labelsCsv);
        var both = new MoodLearningOptions { Inputs = SongInput.Both };
        return new ClipSet(songs, await FeatureTable.ComputeAsync(songs, both, progress, cancellation), context);
    }

    public override IDataView View(MLContext context, IReadOnlyList<int> rows) => _columns.Transform(base.View(context, rows));

    private sealed class All
    {
        public float[] Descriptors { get; set; } = [];
    }

    private sealed class Preset
    {
        public float[] Eleven { get; set; } = [];
    }
}
