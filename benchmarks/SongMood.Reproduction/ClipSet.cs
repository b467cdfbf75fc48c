using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp.Descriptors;
using SongMood.Learning;
using SongMood.Transforms;

namespace SongMood.Reproduction;

/// <summary>
/// The clips: of each its music descriptors, the preset of eleven among them, and its mel spectrogram, all by the public transforms.
/// </summary>
internal sealed class ClipSet : SongSet
{
    /// <summary>The preset in the place of the paper's eleven tabular features.</summary>
    public const string Eleven = nameof(Row.Eleven);

    /// <summary>All descriptors.</summary>
    public const string Descriptors = nameof(Row.Descriptors);

    /// <summary>The mel spectrogram in decibels, 128 x 1232, as in the paper.</summary>
    public const string Mel = nameof(Row.Mel);

    private const int Bands = 128;
    private const int Frames = 1232;
    private const int ClipsAtOnce = 8;
    private readonly Row[] _rows;
    private readonly SchemaDefinition _schema;

    private ClipSet(LabelledSongs songs, Row[] rows) : base("30 s clips", songs)
    {
        _rows = rows;
        _schema = SchemaDefinition.Create(typeof(Row));
        _schema[Eleven].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Eleven.Length);
        _schema[Descriptors].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Descriptors.Length);
        _schema[Mel].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Bands, Frames);
        DescribeLabel(_schema, songs.Moods);
    }

    /// <summary>Listens to all clips, on all processors.</summary>
    public static ClipSet Listen(MLContext context, string labelsCsv, Action step)
    {
        var songs = LabelledSongs.Read(labelsCsv);
        var rows = new Row[songs.Songs.Count];
        // Both descriptor columns and the spectrogram come from one decoding; the spectrogram from the descriptors' own frames.
        var listener = context.Transforms.LoadAudio("Waveform", nameof(Clip.Path))
            .Append(context.Transforms.MusicDescriptors(Descriptors, "Waveform", new MusicDescriptorsOptions { MelOutputColumnName = Mel }))
            .Append(context.Transforms.MusicDescriptors(Eleven, "Waveform", MusicDescriptorsOptions.Eleven))
            .Append(context.Transforms.PowerToDecibels(Mel))
            .Append(context.Transforms.FixLength(Mel, count: Frames))
            .Fit(context.Data.LoadFromEnumerable<Clip>([]));
        Parallel.ForEach(Enumerable.Range(0, rows.Length).Chunk(ClipsAtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
        {
            var clips = context.Data.LoadFromEnumerable(part.Select(i => new Clip { Path = songs.Songs[i].AudioPath! }));
            var heard = context.Data.CreateEnumerable<Heard>(listener.Transform(clips), reuseRowObject: false);
            foreach (var (i, clip) in part.Zip(heard))
            {
                rows[i] = new Row
                {
                    Eleven = clip.Eleven,
                    Descriptors = clip.Descriptors,
                    Mel = clip.Mel,
                    Label = (uint)songs.MoodIndices[i],
                };
                lock (songs)
                    step();
            }
        });
        return new ClipSet(songs, rows);
    }

    public override IDataView View(MLContext context, IReadOnlyList<int> rows) =>
        context.Data.LoadFromEnumerable(rows.Select(row => _rows[row]).ToArray(), _schema);

    private sealed class Clip
    {
        public string Path { get; set; } = "";
    }

    private class Heard
    {
        public float[] Eleven { get; set; } = [];

        public float[] Descriptors { get; set; } = [];

        public float[] Mel { get; set; } = [];
    }

    private sealed class Row : Heard
    {
        public uint Label { get; set; }
    }
}
