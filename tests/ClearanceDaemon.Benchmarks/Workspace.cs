using System.Diagnostics;

namespace ClearanceDaemon.Benchmarks;

/// <summary>
/// A throw-away home for one server: runtime, configuration and state directories and the environment that names them.
/// Removed with everything in it when disposed.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root;

    public Workspace(int rules)
    {
        _root = Path.Combine(Path.GetTempPath(), $"clb-{Environment.ProcessId}-{Path.GetRandomFileName()[..6]}");
        var runtime = Create("run");
        var config = Create("config");
        AskSocket = Path.Combine(Create("run/clearance/ask"), "clearance.sock");
        OperatorSocket = Path.Combine(runtime, "clearance", "operator", "clearance.sock");
        LimitSocket = Path.Combine(runtime, "limit.sock");
        State = Create("state");
        Log = Path.Combine(_root, "log");
        Rules = Create("config/clearance/rules.d");
        SampleRules.Write(Rules, rules);
        Handlers = Create("config/clearance/handlers.d");
        Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["XDG_RUNTIME_DIR"] = runtime,
            ["XDG_CONFIG_HOME"] = config,
            ["XDG_STATE_HOME"] = State,
            ["CLEARANCE_MAX_CONNECTIONS"] = "20000",
            ["CLEARANCE_MAX_CONNECTIONS_PER_PROCESS"] = "20000",
            ["CLEARANCE_MAX_OPERATOR_CONNECTIONS"] = "5000",
            ["CLEARANCE_ASK_SOCKET"] = null,
            ["CLEARANCE_OPERATOR_SOCKET"] = null,
            ["CLEARANCE_SERVER_UID"] = null,
            ["LISTEN_PID"] = null,
            ["LISTEN_FDS"] = null,
            ["LISTEN_FDNAMES"] = null,
            ["NOTIFY_SOCKET"] = null,
            ["WATCHDOG_USEC"] = null,
        };
    }

    public string AskSocket { get; }
    public string OperatorSocket { get; }
    public string LimitSocket { get; }
    public string Rules { get; }
    public string State { get; }

    /// <summary>Where manifests go; the daemon sees a change once it has rested.</summary>
    public string Handlers { get; }
    public string Log { get; }

    /// <summary>Variables to set, or with null to take away.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    public static void Apply(ProcessStartInfo start, IReadOnlyDictionary<string, string?>? variables)
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>How much has been written under the state directory, the audit above all.</summary>
    public long StateBytes() => new DirectoryInfo(State).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Create(string name)
    {
        var path = _root;
        Directory.CreateDirectory(path, Private);
        foreach (var part in name.Split('/'))
        {
            path = Path.Combine(path, part);
            Directory.CreateDirectory(path, Private);
        }

        return path;
    }
}
