using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Audio;
using SongMood.Persistence;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Transforms;

/// <summary>Reads audio files, by path or from their bytes, into a waveform column (see <see cref="LoadAudioOptions"/>).</summary>
public sealed class LoadAudioTransformer : ColumnTransformer
{
    internal const string Name = "LoadAudio";
    private const string Expected = "paths (text) or the bytes of audio files (a vector of Byte)";
    private readonly LoadAudioOptions _options;

    internal LoadAudioTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, LoadAudioOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Makes of decoded audio what this step makes of its file. One for each thread.</summary>
    internal Excerpt CreateExcerpt() => new(_options);

    /// <summary>Whether this step and another make the same waveform of the same column.</summary>
    internal bool DecodesAs(LoadAudioTransformer other) => InputColumnName == other.InputColumnName && _options == other._options;

    private protected override object State => _options;

    private protected override ColumnForm Describe(ColumnForm input) => IsPath(input.Type) || IsBytes(input.Type)
        ? new ColumnForm(input.Name, input.Type) { SampleRate = _options.SampleRate ?? ColumnForm.VaryingRate }
            .Waveform(_options.FixedLength ? _options.FixedSampleCount : 0)
        : throw Refusal(input.Name, input.DescribeType(), Expected);

    internal override Shape Promise(Shape input)
    {
        var isPath = input.Kind == Shape.VectorKind.Scalar && input.ItemType == TextDataViewType.Instance;
        var isBytes = input.Kind != Shape.VectorKind.Scalar && input.ItemType == NumberDataViewType.Byte && !input.IsKey;
        return isPath || isBytes
            ? Promises.FloatVector(OutputColumnName, _options.FixedLength, ColumnAnnotations.SampleRate)
            : throw Refusal(input.Name, $"of type {input.TypeName()}", Expected);
    }

    private static bool IsPath(DataViewType type) => type == TextDataViewType.Instance;

    private static bool IsBytes(DataViewType type) =>
        type is VectorDataViewType { ItemType: NumberDataViewType item } && item == NumberDataViewType.Byte;

    private protected override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input)
    {
        var getId = row.GetIdGetter();
        var excerpt = new Excerpt(_options);
        // Several steps may read the column of one row, each by a call: they share what was decoded. Where a row has no place, nothing
        // tells it from the next.
        Waveform? decoded = null;
        var decodedAt = -1L;
        if (IsPath(column.Type))
        {
            var getPath = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> path = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) =>
            {
                if (IsDecoded(ref target))
                    return;
                getPath(ref path);
                Write(() => AudioFile.Read(Locate(path), excerpt.ReadOptions), $"'{path}'", ref target);
            });
        }
        var getBytes = row.GetGetter<VBuffer<byte>>(column);
        var bytes = default(VBuffer<byte>);
        var file = Array.Empty<byte>();
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) =>
        {
            if (IsDecoded(ref target))
                return;
            getBytes(ref bytes);
            if (file.Length < bytes.Length)
                file = new byte[bytes.Length];
            bytes.CopyTo(file);
            Write(() => AudioFile.Read(file.AsMemory(0, bytes.Length), excerpt.ReadOptions), $"{bytes.Length} bytes", ref target);
        });

        bool IsDecoded(ref VBuffer<float> target)
        {
            if (decoded is not null && decodedAt == row.Position && decodedAt >= 0)
            {
                excerpt.WriteAsRead(decoded, ref target);
                return true;
            }
            decoded = null; // no song is kept while the next is read
            return false;
        }

        void Write(Func<Waveform> read, string source, ref VBuffer<float> target)
        {
            try
            {
                var audio = read();
                if (audio.Damage.IsAny)
                    Warn(getId, $"{source}: {audio.Damage}");
                excerpt.WriteAsRead(audio, ref target);
                (decoded, decodedAt) = (audio, row.Position);
            }
            catch (Exception e) when (e is AudioFormatException or InvalidDataException or ArgumentException)
            {
                throw RowError(getId, e, e is AudioFormatException { File: not null } ? null : source);   // not the path twice
            }
        }
    }

    private string Locate(ReadOnlyMemory<char> path) => path.Span.IsWhiteSpace()
        ? throw new InvalidDataException("the path is empty; expected the path of an audio file")
        : Path.Combine(_options.Folder ?? "", path.ToString());
}
