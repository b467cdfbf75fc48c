using System.CommandLine;
using SongMood.Audio;
using SongMood.Cli.Decode;
using SongMood.Dsp;

namespace SongMood.Cli.Spectrogram;

/// <summary><c>songmood spectrogram FILE -o out.png|out.npy</c>.</summary>
internal static class SpectrogramCommand
{
    public static Command Create(ToolConsole console)
    {
        var defaults = new MelSpectrogramOptions();
        var song = new Argument<string>("song") { Description = "An audio file." };
        var output = new Option<string>("--out", "-o")
        {
            Description = "What to write: .png for a picture; .npy for what NumPy reads, float32 decibels of the shape (bands, frames).",
            HelpName = "out.png|out.npy",
            Required = true,
        };
        var bands = Number("--bands", "Mel bands.", defaults.BandCount);
        var fft = Number("--fft", "Samples of a frame.", defaults.FftLength);
        var hop = Number("--hop", "Samples from one frame to the next.", defaults.HopLength);
        var rate = Number("--rate", "Samples a second that the song is brought to.", defaults.SampleRate);
        var command = new Command("spectrogram", "Draw the mel spectrogram of a song, or write its numbers: mono, power, in decibels above 1, "
            + "at most 80 below the loudest, as librosa's melspectrogram and power_to_db make it.") { song, output, bands, fft, hop, rate };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var suffix = OutputSuffix.Check(path, ".png", ".npy");
            AtomicFile.CheckWritable(path);
            var options = new MelSpectrogramOptions
            {
                BandCount = parsed.GetValue(bands),
                FftLength = parsed.GetValue(fft),
                HopLength = parsed.GetValue(hop),
                SampleRate = parsed.GetValue(rate),
            };
            var spectrogram = new MelSpectrogram(options);
            var file = parsed.GetRequiredValue(song);
            var audio = AudioFile.Read(file, new AudioReadOptions
            {
                Mono = true,
                SampleRate = options.SampleRate,
                MaxBytes = DecodeCommand.Whole.MaxBytes,
                MaxDuration = DecodeCommand.Whole.MaxDuration,
            });
            var frameCount = spectrogram.FrameCount(audio.SampleCount);
            var decibels = new float[checked(options.BandCount * frameCount)];
            spectrogram.Compute(audio.Channel(0), decibels);
            Decibels.FromPower(decibels, decibels);
            if (suffix == ".npy")
                AtomicFile.Write(path, stream => Npy.Write(stream, decibels, options.BandCount, frameCount));
            else
            {
                var png = MelPicture.Draw(Path.GetFileName(file), decibels, frameCount, options);
                AtomicFile.Write(path, stream => stream.Write(png));
            }
            DecodeCommand.SayDamage(console, file, audio);
            console.Say($"Wrote {path}: {options.BandCount} bands x {frameCount} frames.");
            return ExitCode.AllFine;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        HelpName = "n",
    };
}
