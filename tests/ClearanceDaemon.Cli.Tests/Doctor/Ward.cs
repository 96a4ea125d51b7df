using System.Text.Json.Nodes;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Native;
using ClearanceDaemon.Cli.Tests.Processes;
using UnixPeers;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>
/// A healthy instance in a directory of its own, whose daemon says what the test wants: every test spoils one thing and looks
/// with one check.
/// </summary>
internal sealed class Ward : IDisposable
{
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory _directory = new();
    private readonly List<FakeDaemon> _daemons = [];

    public Ward()
    {
        foreach (var directory in (string[])["run", "run/clearance", "config", "config/clearance", "config/clearance/rules.d", "state", "state/clearance", "state/clearance/audit", "bin"])
        {
            Directory.CreateDirectory(In(directory), Private);
        }

        Variables["PATH"] = In("bin");
        Variables["XDG_RUNTIME_DIR"] = In("run");
        Answers["daemon.status"] = () => Status.ToJsonString();
        Answers["clearance.ping"] = () => $$"""{"pong":true,"pid":{{Environment.ProcessId}}}""";
        Answers["rules.list"] = () => """{"state":"ok","sha256":"","rules":[],"problems":[]}""";
        Answers["grants.list"] = () => """{"items":[]}""";
        Answers["audit.verify"] = () => """{"ok":true,"records":3,"files":1,"first":1,"last":3,"head":"","findings":[]}""";
        Answers["audit.read"] = () => """{"records":[]}""";
    }

    public static string OwnVersion { get; } = new InProcess().Run("--version").Out.Split(' ')[1].Trim();

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The results, by method.</summary>
    public Dictionary<string, Func<string>> Answers { get; } = [];

    /// <summary>Whether the daemon refuses everything, and how.</summary>
    public Action<Exchange>? Refusing { get; set; }

    /// <summary>Answers pings on the ask socket instead of the daemon.</summary>
    public int? Intruder { get; set; }

    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(15);

    public bool Offline { get; set; }

    public bool ByHand { get; set; }

    public string Instance { get; set; } = "";

    public UnixSocketException? RuntimeFault { get; set; }

    public string Ask => In("run/clearance/ask/clearance.sock");

    public string Operator => In("run/clearance/operator/clearance.sock");

    public string State => In("state/clearance");

    public string Rules => In("config/clearance/rules.d");

    public JsonObject Status { get; } = JsonNode.Parse($$"""
        {"version":"{{OwnVersion}}","instance":"","pid":{{Environment.ProcessId}},"started":"2026-11-20T09:00:00.000Z","state":"ok",
         "sockets":[{"name":"ask","role":"ask","via":"ask","address":"/a","activated":true,"served":true,"connections":0}],"notServed":[],
         "rules":{"state":"ok","count":2,"sha256":"","files":[],"problems":[]},
         "audit":{"state":"ok","file":"","seq":3,"bytes":300,"anchor":{"seq":3,"sha256":"","time":"2026-11-20T10:00:00.000Z"} },
         "pending":0,"operators":1,"grants":0,"lockdown":{"on":false},"counters":{},"limits":{"maxPending":10,"auditMaxBytes":1048576},"kernel":{} }
        """)!.AsObject();

    public IEnumerable<string> LinesHeard => _daemons.SelectMany(static daemon => daemon.Lines);

    public string In(string path) => _directory.Combine(path);

    /// <summary>Opens both doors, with the daemon behind them.</summary>
    public Ward Open(string role = "")
    {
        foreach (var name in role.Length > 0 ? (string[])[role] : ["ask", "operator"])
        {
            var path = In($"run/clearance/{name}/clearance.sock");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private);
            _daemons.Add(new FakeDaemon(exchange => Serve(exchange, name), path));
            File.SetUnixFileMode(path, PrivateFile);
        }

        return this;
    }

    /// <summary>
    /// A script where the program looks for one. Another process writes it: what another thread starts while we have it open for
    /// writing would keep it from being run (ETXTBSY).
    /// </summary>
    public void Program(string name, string script) => Assert.Equal(
        new Outcome(0, "", ""),
        RealProcess.Run("/bin/sh", ["-c", "printf '#!/bin/sh\\n%s' \"$1\" > \"$2\" && chmod 700 \"$2\"", "sh", script, In($"bin/{name}")]));

    public CheckResult Look(ICheck check) => Assert.Single(Look([check]));

    public List<CheckResult> Look(IReadOnlyList<ICheck> checks)
    {
        var surroundings = new Surroundings
        {
            Out = Stream.Null,
            Error = Stream.Null,
            OutIsTerminal = static () => false,
            ErrorIsTerminal = static () => false,
            Variable = name => Variables.GetValueOrDefault(name),
            Uid = LibC.geteuid(),
            Clock = new FixedClock(),
            AnswerWithin = AnswerWithin,
            ExitOnInterrupt = static _ => null,
        };
        var flags = new AddressFlags(null, Ask, Operator);
        return Examination.Of(new Patient(Places(), new DaemonAnswers(flags, surroundings, Offline), surroundings, Offline), checks);
    }

    public void Dispose()
    {
        _daemons.ForEach(static daemon => daemon.Dispose());
        _directory.Dispose();
    }

    private PatientPlaces Places() => new()
    {
        Instance = Instance,
        Runtime = RuntimeFault is null ? In("run/clearance") : null,
        RuntimeFault = RuntimeFault,
        ByHand = ByHand,
        Ask = RuntimeFault is null ? UnixAddress.FromPath(Ask) : null,
        Operator = RuntimeFault is null ? UnixAddress.FromPath(Operator) : null,
        Config = In("config/clearance"),
        State = State,
    };

    private void Serve(Exchange exchange, string role)
    {
        if (Refusing is { } refuse)
        {
            refuse(exchange);
        }
        else if (role == "ask" && Intruder is { } pid)
        {
            exchange.Result($$"""{"pong":true,"pid":{{pid}}}""");
        }
        else if (Answers.TryGetValue(exchange.Method, out var answer))
        {
            exchange.Result(answer());
        }
        else
        {
            exchange.Error(-32601, "method_not_found", "no such method here");
        }
    }
}
