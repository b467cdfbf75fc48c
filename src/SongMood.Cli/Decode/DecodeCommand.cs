using System.CommandLine;
using SongMood.Audio;
using SongMood.Audio.Wav;
using SongMood.Cli.Help;

namespace SongMood.Cli.Decode;

/// <summary><c>songmood decode IN -o OUT.wav</c>.</summary>
internal static class DecodeCommand
{
    public static Command Create(ToolConsole console)
    {
        var song = new Argument<string>("song") { Description = "An audio file." };
        var output = new Option<string>("--out", "-o") { Description = "The WAV file to write.", HelpName = "out.wav", Required = true };
        var command = new ToolCommand("decode",
            "Decode a song to a WAV file of 32-bit floats, with the song's own channels and sample rate.") { song, output };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood decode song.mp3 -o song.wav", "what the decoder hears"),
            ],
        };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputSuffix.Check(path, ".wav");
            var file = parsed.GetRequiredValue(song);
            AtomicFile.CheckWritable(path, file);
            var whole = Whole with { CancellationToken = cancellation };
            var info = AudioFile.Probe(file, whole);
            // refused now, not after an hour of decoding
            FloatWav.LengthOf((long)(info.Duration.TotalSeconds * info.SampleRate), info.ChannelCount);
            var audio = AudioFile.Read(file, whole);
            AtomicFile.Write(path, stream => FloatWav.Write(stream, audio, cancellation));
            SayDamage(console, file, audio);
            console.Say($"Wrote {path}: {audio.Duration.TotalSeconds:F2} s, {audio.ChannelCount} x {audio.SampleRate} Hz.");
            return Task.FromResult(ExitCode.AllFine);
        });
        return command;
    }

    /// <summary>Somebody who names one file wants all of it.</summary>
    public static AudioReadOptions Whole { get; } = new()
    {
        MaxBytes = int.MaxValue,
        MaxDuration = TimeSpan.MaxValue,
        Advice = (AudioReadOptions.TakePart, AudioReadOptions.TakePart),
    };

    public static void SayDamage(ToolConsole console, string file, Waveform audio)
    {
        if (audio.Damage.IsAny)
            console.Say($"songmood: {file}: {audio.Damage}.");
    }
}
