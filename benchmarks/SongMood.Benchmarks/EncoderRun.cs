using System.Diagnostics;

namespace SongMood.Benchmarks;

/// <summary>Runs an encoder that must be installed.</summary>
internal static class EncoderRun
{
    /// <summary>Encodes samples of 16 bits.</summary>
    /// <param name="program">The encoder.</param>
    /// <param name="arguments">What it is told, with {0} for the input's path and {1} for the output's.</param>
    /// <param name="pcm">The samples.</param>
    public static byte[] Encode(string program, string arguments, byte[] pcm)
    {
        var (input, output) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            File.WriteAllBytes(input, pcm);
            using var encoder = Process.Start(program, string.Format(arguments, input, output));
            encoder.WaitForExit();
            return encoder.ExitCode == 0 ? File.ReadAllBytes(output)
                : throw new InvalidOperationException($"{program}: {encoder.ExitCode}");
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }
}
