using System.Runtime.InteropServices;

namespace SongMood.Scoring;

/// <summary>
/// ONNX Runtime's official builds send usage events to their maker, and keep a number of the device in a file, unless someone says no
/// (Privacy.md in its package). Who listens to songs has not been asked, so we say no.
/// </summary>
internal static class OnnxTelemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Said = new(SayNo);

    /// <summary>
    /// Switches it off, before ONNX Runtime is used for the first time: later it would have begun. An app or a user who has set the
    /// variable has decided, either way.
    /// </summary>
    public static void SwitchOff() => _ = Said.Value;

    private static bool SayNo()
    {
        if (Environment.GetEnvironmentVariable(Switch) is not null)
            return false;
        Environment.SetEnvironmentVariable(Switch, "1");
        // Off Windows, .NET has a copy of the environment, and native code does not see what is changed there.
        return OperatingSystem.IsWindows() || SetVariable(Switch, "1", overwrite: 0) == 0;
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)] // which is UTF-8 there
    private static extern int SetVariable(string name, string value, int overwrite);
}
