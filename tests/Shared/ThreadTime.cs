using System.Diagnostics;

namespace SongMood.TestSupport;

/// <summary>How much work something is, for bounds that other work on the machine does not change.</summary>
public static class ThreadTime
{
    private const string Status = "/proc/thread-self/stat";
    private const int TicksASecond = 100; // USER_HZ, which is the same on all Linux

    /// <summary>The processor time that the current thread has taken; elsewhere than on Linux, time as it goes by.</summary>
    public static TimeSpan Now()
    {
        if (!File.Exists(Status))
            return Stopwatch.GetElapsedTime(0);
        var text = File.ReadAllText(Status);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // from the third on (proc(5)); utime and stime are the 14th and 15th
        return TimeSpan.FromSeconds((double)(long.Parse(fields[11]) + long.Parse(fields[12])) / TicksASecond);
    }
}
