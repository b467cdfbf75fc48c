using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Dsp.Descriptors;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>Computes the music descriptors of a waveform column (see <see cref="MusicDescriptorsOptions"/>).</summary>
public sealed class MusicDescriptorsTransformer : ColumnTransformer
{
    internal const string Name = "MusicDescriptors";
    private readonly MusicDescriptorsOptions _options;
    private readonly ConditionalWeakTable<DataViewRow, SongOfRow> _songs = [];

    internal MusicDescriptorsTransformer(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, MusicDescriptorsOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(outputColumnName);
        _options = options;
    }

    internal override string? SecondColumnName => _options.MelOutputColumnName;

    private protected override object State => SavedMusicDescriptors.Of(_options);

    private protected override ColumnForm Describe(ColumnForm input)
    {
        Check(input);
        var names = MusicDescriptorExtractor.NamesOf(_options.Groups, _options.Names);
        return new ColumnForm(OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, names.Length)) { SlotNames = names };
    }

    private protected override ColumnForm DescribeSecond(ColumnForm input) => input.Spectrogram(
        MusicDescriptorExtractor.MelBandCount, input.Size == 0 ? 0 : MusicDescriptorExtractor.FrameCount(input.Size)) with
    {
        SampleRate = MusicDescriptorExtractor.SampleRate,
        HopLength = MusicDescriptorExtractor.HopLength,
        IsNormalized = false,
    };

    internal override SchemaShape.Column Promise(SchemaShape.Column input)
    {
        if (input.Kind == SchemaShape.Column.VectorKind.Scalar || input.ItemType != NumberDataViewType.Single)
            throw Refusal(input.Name, $"of type {input.TypeName()}", Waveforms.Expected);
        return Promises.FloatVector(OutputColumnName, sizeIsKnown: true, ColumnAnnotations.SlotNames);
    }

    internal override SchemaShape.Column PromiseSecond(SchemaShape.Column input) => Promises.FloatVector(
        _options.MelOutputColumnName!, input.Kind == SchemaShape.Column.VectorKind.Vector,
        ColumnAnnotations.SampleRate, ColumnAnnotations.HopLength);

    private protected override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input)
    {
        Compute compute = SongOf(row, column).Descriptors;
        var getId = row.GetIdGetter();
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) => Copy(compute, ref target, getId));
    }

    private protected override Delegate MakeSecondGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input)
    {
        Compute compute = SongOf(row, column).Mel;
        var getId = row.GetIdGetter();
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) => Copy(compute, ref target, getId));
    }

    private void Check(ColumnForm input)
    {
        if (!input.IsWaveform())
            throw Refusal(input.Name, input.DescribeType(), Waveforms.Expected);
        if (input.SampleRate is { } rate && rate != MusicDescriptorExtractor.SampleRate)
            throw Refusal(input.Name, rate == ColumnForm.VaryingRate ? "of another sample rate in every row" : $"sampled at {rate} Hz",
                $"{MusicDescriptorExtractor.SampleRate} Hz, for which the descriptors are defined: give LoadAudio that SampleRate, or "
                + "put ResampleAudio before this step");
    }

    /// <summary>Both columns' getters of one cursor share a computation; its buffers go with the cursor.</summary>
    private SongOfRow SongOf(DataViewRow row, DataViewSchema.Column column)
    {
        lock (_songs)
            return _songs.GetValue(row, r => new SongOfRow(_options, r, column));
    }

    private delegate ReadOnlySpan<float> Compute();

    private void Copy(Compute compute, ref VBuffer<float> target, ValueGetter<DataViewRowId> getId)
    {
        ReadOnlySpan<float> values;
        try
        {
            values = compute();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw RowError(getId, e);
        }
        var editor = VBufferEditor.Create(ref target, values.Length);
        values.CopyTo(editor.Values);
        target = editor.Commit();
    }
}
