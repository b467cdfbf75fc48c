using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>
/// The first moments of a song, heard for nothing: while one core loads the model, another loads ONNX Runtime, which the model comes to
/// last, and compiles what decodes songs and listens to them: a third of the time until the first song is told.
/// </summary>
internal static class FirstMoments
{
    // SpeechCheck listens to 3 s at least.
    private static readonly AudioReadOptions Part = new() { Duration = TimeSpan.FromSeconds(3.5) };

    /// <summary>
    /// Loads a model while another core makes ready what the first song needs (<see cref="Begin"/>). It does not come back before ONNX
    /// Runtime is loaded: a process that ends in the midst of that crashes, and where a model is refused at once, it is about to end.
    /// </summary>
    public static T While<T>(IEnumerable<string> songs, Func<T> load)
    {
        var (runtime, _) = Begin(songs);
        try
        {
            return load();
        }
        finally
        {
            Task.WaitAny(runtime); // whether it could be loaded the model tells
        }
    }

    /// <summary>
    /// Loads ONNX Runtime on a thread of the pool, and then hears the beginning of the first song there, if it is an MP3: other decoders
    /// are small, or programs.
    /// </summary>
    /// <param name="songs">Files, looked for on that thread.</param>
    /// <returns>
    /// <c>Runtime</c>: when ONNX Runtime is loaded, or cannot be. <c>Heard</c>: whether there was such a song. Nobody need wait for it, or
    /// for the error of a song that cannot be read: that is told when its turn comes.
    /// </returns>
    internal static (Task Runtime, Task<bool> Heard) Begin(IEnumerable<string> songs)
    {
        var runtime = Task.Run(OnnxNetwork.LoadRuntime);
        return (runtime, runtime.ContinueWith(_ => HearFirst(songs), TaskScheduler.Default));
    }

    private static bool HearFirst(IEnumerable<string> songs)
    {
        ModelNotes.Compile();
        return songs.FirstOrDefault() is { } song && song.EndsWith(".mp3", StringComparison.OrdinalIgnoreCase)
            && ((SongSource)song).Use(Part, Hear);
    }

    private static bool Hear(SampleStream song)
    {
        var check = new SoundCheck();
        var heard = new HeardStream(song, check, new KeptRows());
        var excerpt = new Excerpt(new LoadAudioOptions());
        var samples = excerpt.InForm(heard);
        VBuffer<float> waveform = default;
        excerpt.WriteNext(samples, (int)samples.SampleCount, ref waveform);
        heard.HearRest();
        check.Remarks();
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        mel.Compute(waveform.GetValues(), new float[mel.BandCount * mel.FrameCount(waveform.Length)]);
        return true;
    }
}
