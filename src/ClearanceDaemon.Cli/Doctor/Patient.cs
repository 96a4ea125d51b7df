using System.Globalization;
using ClearanceDaemon.Cli.Connecting;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>The instance that is examined: its places, its daemon's answers and the surroundings of this run.</summary>
internal sealed class Patient(PatientPlaces places, DaemonAnswers daemon, Surroundings surroundings, bool offline)
{
    private readonly Lazy<List<PatientSocket>> _sockets = new(() => Find(places));

    public PatientPlaces Places { get; } = places;

    public DaemonAnswers Daemon { get; } = daemon;

    public Surroundings Surroundings { get; } = surroundings;

    /// <summary>Nothing is connected to, so nothing is started.</summary>
    public bool Offline { get; } = offline;

    /// <summary>The sockets that have a path: ask, operator, and the named ones whose directories there are.</summary>
    public List<PatientSocket> Sockets => _sockets.Value;

    /// <summary>The state directory: that of the daemon's own answer, which may run in another environment, before ours.</summary>
    public string? State => Daemon.Status?.Audit.File is { Length: > 0 } file && Path.IsPathFullyQualified(file)
        ? Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? Places.State
        : Places.State;

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => Surroundings.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A duration in words of the protocol.</summary>
    public static string Words(TimeSpan time) => time.TotalMinutes < 2 ? Number((long)time.TotalSeconds, "s")
        : time.TotalHours < 2 ? Number((long)time.TotalMinutes, "m")
        : Number((long)time.TotalHours, "h");

    public static string Number(long number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");

    private static List<PatientSocket> Find(PatientPlaces places)
    {
        var sockets = new List<PatientSocket>();
        Add("ask", places.Ask);
        Add("operator", places.Operator);
        if (places is { ByHand: false, Runtime: { } runtime } && Path.Combine(runtime, "ask.d") is var named && Directory.Exists(named))
        {
            foreach (var directory in Directory.GetDirectories(named).Order(StringComparer.Ordinal))
            {
                Add("ask." + Path.GetFileName(directory), UnixAddress.FromPath(Path.Combine(directory, DaemonAddress.SocketName)));
            }
        }

        return sockets;

        void Add(string name, UnixAddress? address)
        {
            if (address is { Path: { } path })
            {
                sockets.Add(new PatientSocket(name, path, Path.GetDirectoryName(path)!, address));
            }
        }
    }
}
