using System.Diagnostics;
using Microsoft.ML;
using SongMood.Transforms;

namespace SongMood.Benchmarks;

/// <summary>What a prediction by the pretrained model is made of, without the predictor: decoding, spectrogram, embedding.</summary>
internal sealed class PredictionParts : IDisposable
{
    private readonly PredictionEngine<Song, Embedded> _engine;

    public PredictionParts()
    {
        var ml = new MLContext(1);
        _engine = ml.Model.CreatePredictionEngine<Song, Embedded>(ml.Transforms.LoadAudio("Waveform", nameof(Song.Bytes))
            .Append(ml.Transforms.MelSpectrogram("Mel", "Waveform")).Append(ml.Transforms.PowerToDecibels("Decibels", "Mel"))
            .Append(ml.Transforms.MusicEmbedding("Embedding", "Decibels")).Fit(ml.Data.LoadFromEnumerable<Song>([])));
    }

    /// <summary>
    /// Processor time on one thread, the process on one core, so that ONNX Runtime takes no other; some songs are heard before for nothing.
    /// </summary>
    public static double MillisecondsASong(IReadOnlyList<string> songs)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        using var parts = new PredictionParts();
        for (var warmUp = 0; warmUp < 50; warmUp++)
            parts.Embed(File.ReadAllBytes(songs[warmUp % songs.Count]));
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var song in songs)
            parts.Embed(File.ReadAllBytes(song));
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / songs.Count;
    }

    public float[] Embed(byte[] file) => _engine.Predict(new Song { Bytes = file }).Embedding;

    public void Dispose() => _engine.Dispose();

    private sealed class Song
    {
        public byte[] Bytes { get; set; } = [];
    }

    private sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
