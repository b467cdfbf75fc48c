namespace SongMood.Tests.Cli;

/// <summary>A shell script that stands for ffmpeg where it comes first on the PATH.</summary>
internal static class FakeFfmpeg
{
    /// <summary>The beginning of a file that is given to ffmpeg.</summary>
    public static byte[] Mp4 { get; } = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];

    /// <summary>Writes it.</summary>
    /// <returns>The PATH for a process that is to call it.</returns>
    public static string Write(TemporaryFolder folder, string script)
    {
        var program = folder.Write("bin/ffmpeg", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.GetDirectoryName(program) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    }
}
