using Microsoft.ML;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

public sealed class LoadAudioTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("songmood-load-").FullName;
    private readonly float[] _ramp = [.. Enumerable.Range(0, 4000).Select(i => i / 8000f - 0.25f)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private float[] Load(LoadAudioOptions options, string path) =>
        Assert.Single(_ml.Transforms.LoadAudio("In", null, options).Run(_ml.Texts(path)));

    [Fact]
    public void A_file_is_decoded_and_resampled()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        var decoded = AudioFile.Read(path).ToMono();
        Assert.Equal(decoded, Load(new() { SampleRate = null }, path));
        Assert.Equal(Resampler.Resample(decoded, 8000, 22050), Load(new(), path));
        Assert.Equal(decoded,
            Assert.Single(_ml.Transforms.LoadAudio("In", sampleRate: 8000).Run(_ml.Bytes(System.IO.File.ReadAllBytes(path)))));
    }

    [Fact]
    public void Offset_and_duration_are_cut_before_resampling()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        var decoded = AudioFile.Read(path).ToMono();
        Assert.Equal(decoded[800..2400], Load(new() { SampleRate = 8000, OffsetSeconds = 0.1, DurationSeconds = 0.2 }, path));
        Assert.Equal(decoded[3200..], Load(new() { SampleRate = 8000, OffsetSeconds = 0.4, DurationSeconds = 9 }, path));
        Assert.Equal(Resampler.Resample(decoded.AsSpan(800, 1600), 8000, 11025),
            Load(new() { SampleRate = 11025, OffsetSeconds = 0.1, DurationSeconds = 0.2 }, path));
    }

    [Theory]
    [InlineData(AudioQuality.Exact)]
    [InlineData(AudioQuality.Fast)]
    public void A_part_of_a_song_is_that_part_of_the_whole(AudioQuality quality)
    {
        var song = Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");
        var whole = AudioFile.Read(song);
        var part = whole.ToMono()[(2 * whole.SampleRate)..(5 * whole.SampleRate)];
        var expected = Resampler.Resample(part, whole.SampleRate, 11025);
        var options = new LoadAudioOptions { SampleRate = 11025, OffsetSeconds = 2, DurationSeconds = 3, Quality = quality };
        var actual = Load(options, song);
        Assert.Equal(expected.Length, actual.Length);
        var error = Math.Sqrt(expected.Zip(actual, (e, a) => Math.Pow(e - a, 2)).Sum() / expected.Sum(e => e * e));
        TestContext.Current.TestOutputHelper?.WriteLine($"{quality}: {20 * Math.Log10(error):F1} dB");
        Assert.True(error < (quality == AudioQuality.Exact ? 1e-6 : 2e-3), $"relative error {error}");

        // The same of a waveform that somebody else read, a piece at a time.
        var excerpt = new Excerpt(options);
        var (start, count) = excerpt.ReadOptions.Select(whole.SampleCount, whole.SampleRate);
        var samples = excerpt.InForm(new WaveformStream(whole, (int)start, (int)count));
        var own = new List<float>();
        var piece = default(Microsoft.ML.Data.VBuffer<float>);
        foreach (var length in new[] { 20000, (int)samples.SampleCount - 20000 })
        {
            excerpt.WriteNext(samples, length, ref piece);
            own.AddRange(piece.DenseValues());
        }
        Assert.Equal(expected, own);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(999)]
    [InlineData(768_001)]
    public void A_rate_that_nothing_is_resampled_to_is_refused_at_once(int rate) =>
        Assert.Contains("SampleRate is " + rate, Assert.Throws<ArgumentException>(
            () => _ml.Transforms.LoadAudio("In", null, new LoadAudioOptions { SampleRate = rate })).Message);

    [Fact]
    public void A_decoder_of_the_options_reads_for_this_step_and_stays_out_of_its_model()
    {
        var (path, data) = (File("odd.snd", "SOUND of a test"u8.ToArray()), Path.Combine(_folder, "model.zip"));
        var texts = _ml.Texts(path);
        var estimator = _ml.Transforms.LoadAudio("In", null, new LoadAudioOptions { SampleRate = 8000, Decoders = [new RampDecoder()] });
        Assert.Equal([0f, 0.5f, 1f], Assert.Single(estimator.Run(texts)));
        _ml.Model.Save(estimator.Fit(texts), texts.Schema, data);
        var loaded = _ml.Model.Load(data, out _);
        Assert.Contains("odd.snd", Thrown.By(() => loaded.Transform(texts).Read()).Message);
    }

    private sealed class RampDecoder : IAudioDecoder
    {
        public IReadOnlyList<string> FileNameSuffixes => [".snd"];

        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith("SOUND of a test"u8);

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => throw new NotSupportedException();

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => new([[0f, 0.5f, 1f]], 8000);
    }

    [Fact]
    public void Fixed_length_pads_with_silence_and_makes_every_size_known()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        var options = new LoadAudioOptions { SampleRate = 8000, DurationSeconds = 0.75, FixedLength = true };
        Assert.Equal([.. AudioFile.Read(path).ToMono(), .. new float[2000]], Load(options, path));

        var pipeline = _ml.Transforms.LoadAudio("In", null, options).Append(_ml.Transforms.MelSpectrogram("In", sampleRate: 8000));
        var type =
            Assert.IsType<Microsoft.ML.Data.VectorDataViewType>(pipeline.Fit(_ml.Texts(path)).Transform(_ml.Texts(path)).Schema["In"].Type);
        Assert.Equal([128, 1 + 6000 / 512], type.Dimensions);
    }

    [Fact]
    public void Relative_paths_start_from_the_folder()
    {
        File("ramp.wav", ContractData.Wav(_ramp, 8000));
        Assert.Equal(4000, Load(new() { SampleRate = 8000, Folder = _folder }, "ramp.wav").Length);
    }

    [Fact]
    public void Paths_may_come_from_a_csv_file()
    {
        var rows = Enumerable.Range(0, 9).Select(i => $"{File($"{i}.wav", ContractData.Wav(_ramp[..(1000 + 100 * i)], 8000))},happy");
        var csv = Path.Combine(_folder, "songs.csv");
        System.IO.File.WriteAllLines(csv, rows.Prepend("path,mood"));
        var data = _ml.Data.LoadFromTextFile<CsvRow>(csv, separatorChar: ',', hasHeader: true);
        var waves = _ml.Transforms.LoadAudio("Audio", "Path", sampleRate: 8000).Fit(data).Transform(data).Read("Audio");
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 1000 + 100 * i), waves.Select(wave => wave.Length));
    }

    [Fact]
    public void A_prediction_engine_loads_a_song()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        var data = _ml.Texts(path);
        var model = _ml.Transforms.LoadAudio("In", sampleRate: 8000)
            .Append(_ml.Transforms.MelSpectrogram("Mel", "In", sampleRate: 8000, fftLength: 512, bandCount: 16))
            .Append(_ml.Transforms.FixLength("Mel", count: 10)).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Columns.TextRow, MelRow>(model);
        Assert.Equal(Assert.Single(model.Transform(data).Read("Mel")), engine.Predict(new Columns.TextRow { In = path }).Mel);
        var error = Assert.Throws<RowException>(() => engine.Predict(new Columns.TextRow { In = "nowhere.mp3" }));
        Assert.Contains("nowhere.mp3", error.Message);
    }

    [Theory]
    [InlineData("missing.mp3", null)]
    [InlineData("empty.mp3", "")]
    [InlineData("text.mp3", "This is a shopping list, not a song: eggs, milk, flour, and a little salt. ")]
    [InlineData("short.wav", "RIFF")]
    public void A_bad_file_is_named_with_its_row_and_column(string name, string? content)
    {
        var good = File("good.wav", ContractData.Wav(_ramp, 8000));
        var bad = content is null ? Path.Combine(_folder, name) : File(name, System.Text.Encoding.ASCII.GetBytes(content));
        var error = Thrown.By(() => _ml.Transforms.LoadAudio("In").Run(_ml.Texts(good, good, bad)));
        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
        Assert.StartsWith("LoadAudio: row 2, column 'In'", error.Message);
        Assert.Contains(name, error.Message);
        Assert.Equal(("LoadAudio", 2ul, "In"), (error.Component, error.RowId.Low, error.Column));
        Assert.Equal(bad, Assert.IsType<AudioFormatException>(error.Cause).File);
        Assert.Contains(error.Cause.ToString(), error.ToString()); // a log has the place in our code, too
    }

    [Fact]
    public void Fitting_what_follows_shows_the_bad_file_itself()
    {
        var pipeline = _ml.Transforms.LoadAudio("In").Append(_ml.Transforms.ScaleMinMax("In", scope: MinMaxScope.Overall));
        var error = Assert.Throws<RowException>(() => pipeline.Fit(_ml.Texts("gone.mp3")));
        Assert.StartsWith("LoadAudio: row 0, column 'In'", error.Message);
        Assert.Contains("gone.mp3", error.Message);
    }

    [Fact]
    public void Damage_that_can_be_skipped_is_told_in_the_log()
    {
        var song = System.IO.File.ReadAllBytes(Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "sad-1.mp3"));
        Array.Clear(song, song.Length / 2, 3000);
        var path = File("scratched.mp3", song);
        var warnings = new List<string>();
        _ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(e.Message);
        };
        Load(new(), path);
        Assert.Contains("row 0, column 'In': '" + path, Assert.Single(warnings));
        Assert.Contains("missing or damaged and", warnings[0]);
    }

    [Fact]
    public void Other_bad_input()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        Assert.Contains("the path is empty", Thrown.By(() => _ml.Transforms.LoadAudio("In").Run(_ml.Texts(" "))).Message);
        Assert.Contains("folder", Thrown.By(() => _ml.Transforms.LoadAudio("In").Run(_ml.Texts(_folder))).Message);
        Assert.Contains("0 bytes", Thrown.By(() => _ml.Transforms.LoadAudio("In").Run(_ml.Bytes([[]]))).Message);
        Assert.Contains("the audio lasts only 00:00:00.5", Thrown.By(() => Load(new() { OffsetSeconds = 2 }, path)).Message);
    }

    [Fact]
    public void A_spectrogram_at_another_rate_is_refused_naming_both()
    {
        var path = File("ramp.wav", ContractData.Wav(_ramp, 8000));
        var pipeline = _ml.Transforms.LoadAudio("In", sampleRate: 44100).Append(_ml.Transforms.MelSpectrogram("In"));
        var message = Assert.Throws<ArgumentException>(() => pipeline.Fit(_ml.Texts(path))).Message;
        Assert.Contains("44100", message);
        Assert.Contains("22050", message);
        Assert.Contains("ResampleAudio", message);

        var varying = _ml.Transforms.LoadAudio("In", sampleRate: null).Append(_ml.Transforms.MelSpectrogram("In"));
        Assert.Contains("a sample rate of its own in every row",
            Assert.Throws<ArgumentException>(() => varying.Fit(_ml.Texts(path))).Message);
        var unknown = _ml.Transforms.ResampleAudio("In");
        Assert.Contains("FromSampleRate", Assert.Throws<ArgumentException>(() => unknown.Fit(_ml.Vectors([0], [1]))).Message);
    }

    public sealed class CsvRow
    {
        [Microsoft.ML.Data.LoadColumn(0)]
        public string Path { get; set; } = "";

        [Microsoft.ML.Data.LoadColumn(1)]
        public string Mood { get; set; } = "";
    }

    public sealed class MelRow
    {
        [Microsoft.ML.Data.VectorType(16, 10)]
        public float[] Mel { get; set; } = [];
    }
}
