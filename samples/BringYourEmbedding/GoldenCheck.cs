using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace BringYourEmbedding;

/// <summary>Whether a network says of one known waveform what it is known to say.</summary>
internal static class GoldenCheck
{
    /// <summary>The largest difference of its embedding, the mean over the patches.</summary>
    public static double LargestDifference(MLContext ml, Teacher teacher, string networkPath, NumpyArchive golden)
    {
        var rate = teacher.FrontEnd.Mel.SampleRate;
        var song = ml.Data.LoadFromEnumerable([new Row { Audio = golden.Values($"waveform{rate}") }]);
        // A column of one's own says nothing of its rate.
        var rated = ml.Transforms.ResampleAudio("Audio", null, new ResampleAudioOptions { FromSampleRate = rate, SampleRate = rate });
        var said = rated.Append(teacher.Steps(ml, "Audio", networkPath)).Fit(song).Transform(song)
            .GetColumn<VBuffer<float>>(teacher.Name).Single().DenseValues().ToArray();
        var known = golden.Values($"{teacher.Name}.embedding"); // by patches, where it has several
        var patches = known.Length / said.Length;
        return said.Select((value, i) => Math.Abs(value - Enumerable.Range(0, patches).Average(p => known[p * said.Length + i]))).Max();
    }

    private sealed class Row
    {
        public float[] Audio { get; set; } = [];
    }
}
