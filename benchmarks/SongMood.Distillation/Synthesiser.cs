using System.ComponentModel;
using System.Diagnostics;

namespace SongMood.Distillation;

/// <summary>FluidSynth, a synthesiser that plays by samples of instruments.</summary>
internal static class Synthesiser
{
    private const string Instruments = "/usr/share/sounds/sf2/FluidR3_GM.sf2"; // of Debian's fluid-soundfont-gm; MIT licence
    private const double OverdriveChance = 0.15;

    /// <summary>The piece of a number, as it sounds at the student's rate; some are driven into saturation.</summary>
    public static float[] Play(int number)
    {
        var folder = Directory.CreateTempSubdirectory("songmood-");
        try
        {
            var (score, sound) = (Path.Combine(folder.FullName, "score.mid"), Path.Combine(folder.FullName, "sound.wav"));
            new Composition(number).Write(score);
            Run(["-ni", "-q", "-F", sound, "-r", $"{StudentInput.SampleRate}", "-g", "0.6", Instruments, score]);
            var samples = StudentInput.Read(sound);
            var random = new Random(number);
            if (random.NextDouble() >= OverdriveChance)
                return samples;
            var drive = 4 * (float)Math.Pow(8, random.NextDouble());
            return Array.ConvertAll(samples, sample => MathF.Tanh(drive * sample));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("fluidsynth", arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"fluidsynth ended with {process.ExitCode}: {error}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException("fluidsynth is not installed, which plays what is composed: install Debian's packages "
                + "fluidsynth and fluid-soundfont-gm, or ask for no composed lessons.", error);
        }
    }
}
