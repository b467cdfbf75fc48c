using System.ComponentModel;
using System.Diagnostics;

namespace SongMood.Steadiness;

/// <summary>The ffmpeg on the PATH.</summary>
internal static class Ffmpeg
{
    public static bool IsInstalled { get; } = Find();

    public static byte[] Convert(string path, string[] options)
    {
        var output = Path.GetTempFileName();
        try
        {
            using var process = Start(["-v", "error", "-y", "-i", path, "-map_metadata", "-1", .. options, output]);
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? File.ReadAllBytes(output)
                : throw new InvalidOperationException($"ffmpeg could not convert {path} ({string.Join(' ', options)}): {error}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("ffmpeg", arguments)
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    private static bool Find()
    {
        try
        {
            using var process = Start(["-version"]);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception) // there is no such program
        {
            return false;
        }
    }
}
