using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SongMood.Tests.Catalogue;

/// <summary>A cluster of one machine, this one, for the time of a test, of Debian's packages slurm-wlm and munge.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol"];

    private readonly string _folder = Directory.CreateTempSubdirectory("slurm-").FullName; // short, as a socket's path must be

    private SlurmCluster()
    {
        foreach (var name in new[] { "state", "spool", "log", "munge" })
            Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllBytes(Path.Combine(_folder, "munge/key"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(128));
        var host = Dns.GetHostName();
        File.WriteAllText(Path.Combine(_folder, "slurm.conf"), $"""
            ClusterName=songmood
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            CryptoType=crypto/munge
            AuthInfo=socket={_folder}/munge/socket
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            StateSaveLocation={_folder}/state
            SlurmdSpoolDir={_folder}/spool
            SlurmctldPidFile={_folder}/slurmctld.pid
            SlurmdPidFile={_folder}/slurmd.pid
            SlurmctldLogFile={_folder}/log/slurmctld.log
            SlurmdLogFile={_folder}/log/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            MailProg=/bin/true
            SchedulerParameters=requeue_delay=0
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
            PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """);
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "A cluster is set up by root on Linux.";
        var missing = Programs.Where(name => !new[] { "/usr/sbin", "/usr/bin" }.Any(folder => File.Exists(Path.Combine(folder, name))));
        return missing.Any() ? $"Slurm is not installed (apt-get install slurm-wlm munge): no {string.Join(", ", missing)}." : null;
    }

    public static async Task<SlurmCluster> StartAsync()
    {
        var cluster = new SlurmCluster();
        try
        {
            var munge = Path.Combine(cluster._folder, "munge");
            await cluster.RunAsync("chmod", "-R", "go=", cluster._folder); // munge takes no key that others may read
            await cluster.RunAsync("munged", "--force", $"--key-file={munge}/key", $"--socket={munge}/socket", $"--pid-file={munge}/pid",
                $"--seed-file={munge}/seed", $"--log-file={cluster._folder}/log/munged.log");
            await cluster.RunAsync("slurmctld", "-c");
            await cluster.RunAsync("slurmd", "-c");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <returns>What it prints.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        // What runs on as a daemon keeps the pipes open: it writes into a file.
        var said = Path.Combine(_folder, $"said-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", "said=$1; shift; exec \"$@\" > \"$said\" 2>&1", "sh", said, program, .. arguments]);
        start.Environment["SLURM_CONF"] = Path.Combine(_folder, "slurm.conf");
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("SLURM_ARRAY", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(variable);
        foreach (var (variable, value) in Variables)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = await File.ReadAllTextAsync(said, TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {text}");
        return text;
    }

    /// <summary>What programs see beside the cluster's own variables.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What the cluster's parts noted.</summary>
    public string Log => string.Join('\n', Directory.GetFiles(Path.Combine(_folder, "log")).Select(File.ReadAllText));

    public void Dispose()
    {
        foreach (var file in new[] { "slurmd.pid", "slurmctld.pid", "munge/pid" })
            if (File.Exists(Path.Combine(_folder, file)) && int.TryParse(File.ReadAllText(Path.Combine(_folder, file)), out var id))
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit(10_000);
            }
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
