using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp.Descriptors;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms.MusicDescriptors;

/// <summary>What the component adds to the extractor: names, the second column, refusals. The rest is in the contract test.</summary>
public sealed class MusicDescriptorsTests(ContractData data) : IClassFixture<ContractData>
{
    private readonly MLContext _ml = data.Ml;

    [Fact]
    public void Slots_carry_their_names()
    {
        var column = _ml.Transforms.MusicDescriptors("Out", "Wave", MusicDescriptorsOptions.Eleven).Fit(data.View)
            .Transform(data.View).Schema["Out"];
        Assert.Equal(11, ((VectorDataViewType)column.Type).Size);
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        Assert.Equal(MusicDescriptorExtractor.NamesOf(DescriptorGroups.None, MusicDescriptorExtractor.Eleven),
            names.DenseValues().Select(name => name.ToString()));
    }

    [Theory]
    [InlineData("Eleven", DescriptorGroups.None)] // as the first model files have it: the preset was a group
    [InlineData("Loudness, Eleven", DescriptorGroups.Loudness)]
    public void A_preset_saved_as_a_group_is_read(string groups, DescriptorGroups expected)
    {
        var options = new SavedMusicDescriptors { Groups = groups }.ToOptions();
        Assert.Equal(expected, options.Groups);
        Assert.Equal(MusicDescriptorExtractor.Eleven, options.Names);
    }

    [Fact]
    public void Options_come_back_from_what_is_saved_of_them()
    {
        var options = new MusicDescriptorsOptions
        {
            Groups = DescriptorGroups.Rhythm | DescriptorGroups.Mfcc,
            Names = ["LoudnessLufs"],
            MelOutputColumnName = "Mel",
        };
        var back = SavedMusicDescriptors.Of(options).ToOptions();
        Assert.Equal(options.Names, back.Names);
        Assert.Equal(options, back with { Names = options.Names });
        Assert.Throws<FormatException>(() => new SavedMusicDescriptors { Groups = "Rhythm, Twelve" }.ToOptions());
    }

    [Fact]
    public void Values_are_the_extractors_and_the_mel_column_is_MelSpectrograms()
    {
        var both = Transform(new MusicDescriptorsOptions { MelOutputColumnName = "MelToo" });
        var mel = _ml.Transforms.MelSpectrogram("Mel2", "Wave").Fit(data.View).Transform(data.View);
        var extractor = new MusicDescriptorExtractor();
        var expected = data.Rows.Select(row =>
        {
            var values = new float[extractor.Names.Length];
            extractor.Compute(row.Wave, values);
            return values;
        });
        Assert.Equal(expected, both.GetColumn<float[]>("Out"));
        Assert.Equal(mel.GetColumn<float[]>("Mel2"), both.GetColumn<float[]>("MelToo"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 128, 0), both.Schema["MelToo"].Type);
    }

    [Fact]
    public void Each_column_may_be_read_alone_or_in_any_order()
    {
        var both = Transform(MusicDescriptorsOptions.Eleven with { MelOutputColumnName = "MelToo" });
        var alone = (both.GetColumn<float[]>("Out").ToArray(), both.GetColumn<float[]>("MelToo").ToArray());
        using var cursor = both.GetRowCursor([both.Schema["Out"], both.Schema["MelToo"]]);
        var (getMel, getOut) =
            (cursor.GetGetter<VBuffer<float>>(both.Schema["MelToo"]), cursor.GetGetter<VBuffer<float>>(both.Schema["Out"]));
        var count = 0;
        for (; cursor.MoveNext(); count++)
        {
            var (mel, descriptors) = (default(VBuffer<float>), default(VBuffer<float>));
            getMel(ref mel);
            getOut(ref descriptors);
            Assert.Equal(alone.Item1[count], descriptors.DenseValues());
            Assert.Equal(alone.Item2[count], mel.DenseValues());
        }
        Assert.Equal(data.Rows.Length, count);
    }

    [Fact]
    public void Both_columns_of_a_row_that_is_no_cursors_share_one_computation()
    {
        ITransformer model = _ml.Transforms.MusicDescriptors("Out", "Wave",
            MusicDescriptorsOptions.Eleven with { MelOutputColumnName = "MelToo" }).Fit(data.View);
        var mapper = model.GetRowToRowMapper(data.View.Schema);
        var columns = new[] { mapper.OutputSchema["Out"], mapper.OutputSchema["MelToo"] };
        var input = new WaveRow(data.View.Schema);
        using var output = mapper.GetRow(input, columns);
        var (getOut, getMel) = (output.GetGetter<VBuffer<float>>(columns[0]), output.GetGetter<VBuffer<float>>(columns[1]));
        var expected = Transform(MusicDescriptorsOptions.Eleven with { MelOutputColumnName = "MelToo" });
        foreach (var (index, (row, (descriptors, mel))) in data.Rows.Zip(expected.GetColumn<float[]>("Out")
            .Zip(expected.GetColumn<float[]>("MelToo"))).Index())
        {
            input.MoveTo(row.Wave);
            var (first, second) = (default(VBuffer<float>), default(VBuffer<float>));
            getOut(ref first);
            getMel(ref second);
            Assert.Equal(descriptors, first.DenseValues());
            Assert.Equal(mel, second.DenseValues());
            Assert.Equal(index + 1, input.Reads);
        }
        Assert.Equal(data.Rows.Length, input.Reads);
    }

    [Fact]
    public void A_prediction_engine_sees_every_new_row()
    {
        var model = _ml.Transforms.MusicDescriptors("Out", "Wave", MusicDescriptorsOptions.Eleven).Fit(data.View);
        using var engine = _ml.Model.CreatePredictionEngine<ContractData.Row, Described>(model);
        var expected = model.Transform(data.View).GetColumn<float[]>("Out").ToArray();
        Assert.Equal(data.Rows.Length, expected.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], engine.Predict(data.Rows[i]).Out);
    }

    [Fact]
    public void Another_sample_rate_is_refused_with_what_to_do()
    {
        var wave = _ml.Transforms.ResampleAudio("W", "Wave", new ResampleAudioOptions { FromSampleRate = 8000, SampleRate = 16000 })
            .Fit(data.View).Transform(data.View);
        var message = Assert.Throws<ArgumentException>(() => _ml.Transforms.MusicDescriptors("Out", "W").Fit(wave)).Message;
        Assert.Contains("'W'", message);
        Assert.Contains("16000", message);
        Assert.Contains("ResampleAudio", message);
    }

    [Theory]
    [InlineData(0, "no sample")]
    [InlineData(float.NaN, "NaN")]
    public void A_bad_row_is_named(float bad, string fault)
    {
        float[] wave = float.IsNaN(bad) ? [0, bad] : [];
        var view = _ml.Data.LoadFromEnumerable<ContractData.Row>([new() { Wave = [0.1f, 0.2f] }, new() { Wave = wave }]);
        var described = _ml.Transforms.MusicDescriptors("Out", "Wave", DescriptorGroups.Loudness).Fit(view).Transform(view);
        var error = Thrown.By(() => described.GetColumn<float[]>("Out").ToArray());
        Assert.Contains("row 1", error.Message);
        Assert.Contains("'Wave'", error.Message);
        Assert.Contains(fault, error.Message);
    }

    private IDataView Transform(MusicDescriptorsOptions options) =>
        _ml.Transforms.MusicDescriptors("Out", "Wave", options).Fit(data.View).Transform(data.View);

    /// <summary>A row that is given one waveform after the other and counts how often it is read.</summary>
    private sealed class WaveRow(DataViewSchema schema) : DataViewRow
    {
        private float[] _wave = [];
        private long _position = -1;

        public int Reads { get; private set; }

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public void MoveTo(float[] wave) => (_wave, _position) = (wave, _position + 1);

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Name == "Wave";

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Read;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        private void Read(ref VBuffer<float> value)
        {
            Reads++;
            new VBuffer<float>(_wave.Length, _wave).CopyTo(ref value);
        }
    }

    private sealed class Described
    {
        public float[] Out { get; set; } = [];
    }
}
