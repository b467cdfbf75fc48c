using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>Five rows with a column of every kind that a component takes; lengths differ from row to row where they may.</summary>
public sealed class ContractData : IDisposable
{
    public const int RowCount = 5;
    public const int SampleRate = 8000;
    private readonly string _folder = Directory.CreateTempSubdirectory("songmood-contract-").FullName;

    public ContractData()
    {
        Rows = [.. Enumerable.Range(0, RowCount).Select(MakeRow)];
        var data = Ml.Data.LoadFromEnumerable(Rows);
        // A column that knows its rate and hop, whose frames vary from row to row.
        View = Ml.Transforms.MelSpectrogram("Mel", "Wave", SampleRate, fftLength: 256, hopLength: 100, bandCount: 12).Fit(data)
            .Transform(data);
    }

    public MLContext Ml { get; } = new(seed: 1);

    public Row[] Rows { get; }

    public IDataView View { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Row MakeRow(int index)
    {
        var random = new Random(index);
        float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var wave = Noise(1500 + 400 * index);
        var path = Path.Combine(_folder, $"{index}.wav");
        File.WriteAllBytes(path, Wav(Noise(2000 + 700 * index), SampleRate));
        return new Row
        {
            Path = path,
            Bytes = File.ReadAllBytes(path),
            Number = index,
            Wave = wave,
            FixedWave = Noise(2000),
            Spectrum = [.. Noise(8 * 13).Select(Math.Abs)],
            Features = Noise(6),
        };
    }

    /// <summary>A 16-bit mono WAV file (the RIFF header of 44 bytes, then samples).</summary>
    public static byte[] Wav(float[] samples, int sampleRate) =>
        Wav16.Of(samples.Length, sampleRate, n => (short)Math.Round(samples[n] * 32767));

    public sealed class Row
    {
        public string Path { get; set; } = "";

        public byte[] Bytes { get; set; } = [];

        public float Number { get; set; }

        public float[] Wave { get; set; } = [];

        [VectorType(2000)]
        public float[] FixedWave { get; set; } = [];

        [VectorType(8, 13)]
        public float[] Spectrum { get; set; } = [];

        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }
}
