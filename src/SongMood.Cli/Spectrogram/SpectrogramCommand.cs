using System.CommandLine;
using SongMood.Audio;
using SongMood.Cli.Decode;
using SongMood.Cli.Help;
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
        var bands = NumberOption.WholeBetween("--bands", "Mel bands.", 1, MelSpectrogramOptions.MaxBandCount, defaults.BandCount);
        var fft = NumberOption.WholeBetween("--fft", "Samples of a frame.", 2, SpectrogramOptions.MaxFftLength, defaults.FftLength);
        var hop = NumberOption.Whole("--hop", "Samples from one frame to the next.", least: 1, defaults.HopLength);
        var rate = NumberOption.WholeBetween("--rate", "Samples a second that the song is brought to.",
            SampleRates.LowestHz, SampleRates.HighestHz, defaults.SampleRate);
        var command = new ToolCommand("spectrogram",
            "Draw the mel spectrogram of a song, or write its numbers: mono, power, in decibels above 1, at most 80 below the loudest, as "
            + "librosa's melspectrogram and power_to_db make it.") { song, output, bands, fft, hop, rate };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood spectrogram song.mp3 -o mel.png", "a picture with its axes"),
                ("songmood spectrogram song.mp3 -o mel.npy --bands 64", "the numbers, for NumPy"),
            ],
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (file, path) = (parsed.GetRequiredValue(song), parsed.GetRequiredValue(output));
            var suffix = OutputSuffix.Check(path, ".png", ".npy");
            AtomicFile.CheckWritable(path, file);
            var options = new MelSpectrogramOptions
            {
                BandCount = parsed.GetValue(bands)!.Value,
                FftLength = parsed.GetValue(fft)!.Value,
                HopLength = parsed.GetValue(hop)!.Value,
                SampleRate = parsed.GetValue(rate)!.Value,
            };
            if (SpectrogramOptions.LeastHop(options.FftLength) is var leastHop && options.HopLength < leastHop)
                throw new ArgumentException(FormattableString.Invariant(
                    $"--hop is {options.HopLength}; expected {leastHop} or more where --fft is {options.FftLength}."));
            var spectrogram = new MelSpectrogram(options);
            var audio = AudioFile.Read(
                file, DecodeCommand.Whole with { Mono = true, SampleRate = options.SampleRate, CancellationToken = cancellation });
            var frameCount = spectrogram.FrameCount(audio.SampleCount);
            var decibels = InDecibels(spectrogram, audio.Channel(0), frameCount, cancellation);
            AtomicFile.Write(path, suffix == ".npy"
                ? stream => Npy.Write(stream, decibels, options.BandCount, frameCount)
                : stream => stream.Write(MelPicture.Draw(Path.GetFileName(file), decibels, frameCount, options)));
            DecodeCommand.SayDamage(console, file, audio);
            console.Say($"Wrote {path}: {Plural.Of(options.BandCount, "band")} x {Plural.Of(frameCount, "frame")}.");
            return Task.FromResult(ExitCode.AllFine);
        });
        return command;
    }

    private static float[] InDecibels(
        MelSpectrogram spectrogram, ReadOnlySpan<float> samples, int frameCount, CancellationToken cancellation)
    {
        var count = (long)spectrogram.BandCount * frameCount;
        if (count > Array.MaxLength)
            throw new InvalidDataException($"{Plural.Of(spectrogram.BandCount, "band")} x {Plural.Of(frameCount, "frame")} are {count} "
                + $"numbers, the limit is {Array.MaxLength}. Ask for a longer --hop, or take a part of the song.");
        var decibels = new float[count];
        spectrogram.Compute(samples, decibels, cancellation);
        Decibels.FromPower(decibels, decibels);
        return decibels;
    }
}
