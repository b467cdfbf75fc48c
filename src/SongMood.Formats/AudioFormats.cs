using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// Adds decoders to <see cref="AudioFile"/>: our own of Ogg Vorbis, Opus and MPEG Layers I and II, and, where it is asked for, what the
/// user's own ffmpeg reads: AAC, ALAC, WMA, WavPack and others.
/// </summary>
/// <example><code>
/// AudioFormats.AddAll(); // for the whole process
/// var song = AudioFile.Read("song.ogg");
/// </code></example>
public static class AudioFormats
{
    /// <summary>Adds all of them for the rest of the process, as <see cref="AudioFile.Register"/> does. Call it once.</summary>
    /// <param name="options">Whether ffmpeg is used, and how; null for the managed decoders alone.</param>
    /// <exception cref="ArgumentException">The options are wrong; all faults are listed.</exception>
    public static void AddAll(AudioFormatsOptions? options = null)
    {
        foreach (var decoder in Decoders(options))
            AudioFile.Register(decoder);
    }

    /// <summary>The decoders as a list, for <see cref="AudioReadOptions.Decoders"/>.</summary>
    /// <param name="options">Whether ffmpeg is used, and how; null for the managed decoders alone.</param>
    /// <exception cref="ArgumentException">The options are wrong; all faults are listed.</exception>
    public static IReadOnlyList<IAudioDecoder> Decoders(AudioFormatsOptions? options = null)
    {
        options ??= new();
        options.Validate();
        IAudioDecoder[] managed = [new VorbisDecoder(), new OpusDecoder(), new MpegLayersDecoder()];
        return options.UseFfmpeg ? [.. managed, new FfmpegDecoder(options)] : managed;
    }

    /// <summary>Looks for a program in the folders that the environment variable PATH names.</summary>
    /// <param name="name">Its name without ".exe". Default: "ffmpeg".</param>
    /// <returns>Its path, or null where there is none.</returns>
    public static string? FindFfmpeg(string name = "ffmpeg")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
