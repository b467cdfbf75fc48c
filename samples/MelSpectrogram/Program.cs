// A mel spectrogram in decibels, without ML.NET: librosa.load, librosa.feature.melspectrogram, librosa.power_to_db.
//     dotnet run --project samples/MelSpectrogram -- samples/audio/calm-1.mp3
using SongMood.Audio;
using SongMood.Dsp;

if (args is not [var song])
{
    Console.Error.WriteLine("usage: MelSpectrogram SONG");
    return 2;
}
var audio = AudioFile.Read(song);
Console.WriteLine($"{song}: {audio.Duration.TotalSeconds:F1} s, {audio.SampleRate} Hz, {audio.ChannelCount} channels");

var options = new MelSpectrogramOptions(); // librosa's defaults: 22,050 Hz, 2048 samples a frame, hop 512, 128 bands
var samples = Resampler.Resample(audio.ToMono(), audio.SampleRate, options.SampleRate);
var mel = new MelSpectrogram(options);
var frameCount = mel.FrameCount(samples.Length);
var power = new float[mel.BandCount * frameCount]; // (bands, frames), row by row
mel.Compute(samples, power);
var decibels = new float[power.Length];
Decibels.FromPower(power, decibels);

Console.WriteLine($"{mel.BandCount} bands x {frameCount} frames, {decibels.Min():F1} to {decibels.Max():F1} dB");
const string Shades = " .:-=+*#%@";
const int Columns = 100;
for (var band = mel.BandCount - 8; band >= 0; band -= 8) // eight bands a line, high ones on top
{
    var line = new char[Columns];
    for (var column = 0; column < Columns; column++)
    {
        var frame = band * frameCount + column * frameCount / Columns;
        line[column] = Shades[(int)Math.Clamp((decibels[frame] + 60) / 90 * Shades.Length, 0, Shades.Length - 1)];
    }
    Console.WriteLine(new string(line));
}
return 0;
