using System.Diagnostics;
using Microsoft.ML;
using SongMood.Transforms;

namespace SongMood.ToolRuns;

/// <summary>
/// What a prediction by the pretrained model is made of, without the predictor: as in the benchmark <c>Predict.Parts</c>.
/// </summary>
internal static class Parts
{
    /// <summary>
    /// On one thread, the process on one core, so that ONNX Runtime takes no other; the first song is heard once for nothing.
    /// </summary>
    public static double MillisecondsASong(IReadOnlyList<string> songs)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        var ml = new MLContext(1);
        using var parts = ml.Model.CreatePredictionEngine<Song, Embedded>(ml.Transforms.LoadAudio("Waveform", nameof(Song.Bytes))
            .Append(ml.Transforms.MelSpectrogram("Mel", "Waveform")).Append(ml.Transforms.PowerToDecibels("Decibels", "Mel"))
            .Append(ml.Transforms.MusicEmbedding("Embedding", "Decibels")).Fit(ml.Data.LoadFromEnumerable<Song>([])));
        for (var warmUp = 0; warmUp < 50; warmUp++)
            parts.Predict(new Song { Bytes = File.ReadAllBytes(songs[warmUp % songs.Count]) });
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var song in songs)
            parts.Predict(new Song { Bytes = File.ReadAllBytes(song) });
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / songs.Count;
    }

    private sealed class Song
    {
        public byte[] Bytes { get; set; } = [];
    }

    private sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
