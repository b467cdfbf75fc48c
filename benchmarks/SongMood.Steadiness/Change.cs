using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Prediction;

namespace SongMood.Steadiness;

/// <summary>A change of a song's file that no listener would call another song.</summary>
internal sealed record Change(string Name, bool NeedsFfmpeg, Func<MoodPredictor, string, MoodPrediction> Predict)
{
    public static Change[] All { get; } =
    [
        Encoded("MP3, 64 kb/s", "mp3", "-b:a", "64k"),
        Encoded("MP3, 128 kb/s", "mp3", "-b:a", "128k"),
        Encoded("MP3, 320 kb/s", "mp3", "-ar", "44100", "-b:a", "320k"), // lower rates end at 160 kb/s
        Encoded("MP2, 192 kb/s", "mp2", "-ar", "44100", "-ac", "2", "-b:a", "192k"),
        Encoded("Ogg Vorbis, quality 5", "ogg", "-c:a", "libvorbis", "-q:a", "5"),
        // At the rate of a CD, as songs are: at 22.05 kHz this encoder cuts at 9 kHz, and joins the channels of what lies lower.
        Encoded("Ogg Vorbis, quality 5, at 44.1 kHz", "ogg", "-ar", "44100", "-c:a", "libvorbis", "-q:a", "5"),
        Encoded("AAC in M4A, 160 kb/s, at 44.1 kHz", "ipod", "-ar", "44100", "-c:a", "aac", "-b:a", "160k"),
        Encoded("Opus, 128 kb/s", "ogg", "-c:a", "libopus", "-b:a", "128k"),
        Encoded("FLAC", "flac"),
        Encoded("AIFF", "aiff"),
        Encoded("WAV, 16 bits", "wav"),
        Encoded("WAV at 44.1 kHz", "wav", "-ar", "44100"),
        Encoded("WAV at 22.05 kHz", "wav", "-ar", "22050"),
        Gained(-12), Gained(-6), Gained(3), Gained(6),
        new("begun 50 ms later", false, (predictor, path) =>
        {
            var song = AudioFile.Read(path);
            return predictor.Predict(Each(song, channel => channel[(song.SampleRate / 20)..].ToArray()));
        }),
    ];

    private static Change Encoded(string name, string format, params string[] options) => new(name, true, (predictor, path) =>
        predictor.Predict(Ffmpeg.Convert(path, ["-f", format, .. options])));

    /// <summary>With the clipping at full scale that 16 bits bring.</summary>
    private static Change Gained(int decibels) => new($"gain {decibels:+0;-0} dB", false, (predictor, path) =>
        predictor.Predict(Each(AudioFile.Read(path), channel =>
        {
            var samples = channel.ToArray();
            TensorPrimitives.Multiply(samples, (float)Math.Pow(10, decibels / 20.0), samples);
            TensorPrimitives.Max(samples, -1, samples);
            TensorPrimitives.Min(samples, 1, samples);
            return samples;
        })));

    private delegate float[] OfChannel(ReadOnlySpan<float> channel);

    private static Waveform Each(Waveform song, OfChannel change) =>
        new([.. Enumerable.Range(0, song.ChannelCount).Select(channel => change(song.Channel(channel)))], song.SampleRate);
}
