using System.Net.Sockets;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>The whole server in this process: real sockets in a private directory, real rules, a real audit log.</summary>
public sealed class TestDaemon : IDisposable
{
    public const string SomeRules = """
        {"version":1,"rules":[
          {"id":"read","action":"demo.read","decision":"allow"},
          {"id":"write","action":"demo.write","decision":"deny","reason":"demo says no"},
          {"id":"wait","action":"demo.wait","decision":"ask","whenNobody":"wait","deadline":"1m"},
          {"id":"shut","action":"demo.shut","decision":"ask","whenNobody":"deny"},
          {"id":"own","action":"demo.own","decision":"ask","whenNobody":"abstain"},
          {"id":"claude","action":"demo.via","via":"claude","decision":"allow"}]}
        """;

    private readonly IHost _host;

    /// <param name="rules">The rule file; null for none.</param>
    /// <param name="options">Other options than the defaults.</param>
    /// <param name="services">Handlers of the host's own.</param>
    /// <param name="state">Where the state of an earlier run is.</param>
    /// <param name="handlers">Manifests by name: the daemon then knows of a handlers process, and where its shield socket belongs.</param>
    /// <param name="setup">What else is known before the start.</param>
    public TestDaemon(
        string? rules = SomeRules,
        Func<ClearanceOptions, ClearanceOptions>? options = null,
        Action<IServiceCollection>? services = null,
        string? state = null,
        IReadOnlyDictionary<string, string>? handlers = null,
        Func<ClearanceSetup, ClearanceSetup>? setup = null)
    {
        Root = Directory.CreateTempSubdirectory("clearance-test-").FullName;
        Directory.CreateDirectory(RulesDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        WriteRules(rules);
        Directory.CreateDirectory(HandlersDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (name, manifest) in handlers ?? new Dictionary<string, string>())
        {
            WriteManifest(name, manifest);
        }

        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Logging.AddProvider(Log);
        var known = new ClearanceSetup
        {
            Sockets = [Bind("ask", CallerRoles.Ask), Bind("claude", CallerRoles.Ask), Bind("operator", CallerRoles.Operator)],
            RulePaths = [RulesDirectory],
            StateDirectory = State = state is null ? Path.Combine(Root, "state") : Path.Combine(state, "state"),
            Version = "1.2.3",
            NotServed = ["codex"],
            HandlerPaths = [HandlersDirectory],
            HandlersSocket = handlers is null ? null : HandlersSocket,
            ShieldSocket = ShieldSocket,
        };
        builder.Services.AddClearanceDaemon((setup ?? (static s => s))(known), (options ?? (static o => o))(new ClearanceOptions()));
        services?.Invoke(builder.Services);
        _host = builder.Build();
        try
        {
            _host.Start();
        }
        catch
        {
            _host.Dispose();
            Directory.Delete(Root, recursive: true);
            throw;
        }
    }

    public string Root { get; }

    public string RulesDirectory => Path.Combine(Root, "rules.d");

    /// <summary>Where manifests are.</summary>
    public string HandlersDirectory => Path.Combine(Root, "handlers.d");

    /// <summary>Where the handlers process belongs.</summary>
    public string HandlersSocket => Path.Combine(Root, "handlers.sock");

    /// <summary>Where terok-shield's reports belong.</summary>
    public string ShieldSocket => Path.Combine(Root, "shield.sock");

    public string State { get; }

    public string AuditDirectory => Path.Combine(State, "audit");

    public CollectedLog Log { get; } = new();

    public void WriteRules(string? rules)
    {
        if (rules is not null)
        {
            File.WriteAllText(Path.Combine(RulesDirectory, "10.json"), rules);
        }
    }

    public void WriteManifest(string name, string manifest) => File.WriteAllText(Path.Combine(HandlersDirectory, name + ".json"), manifest);

    public LineClient Ask(string via = "ask") => new(new UnixDomainSocketEndPoint(SocketPath(via)));

    public LineClient Operator() => Ask("operator");

    /// <summary>One ask on a connection of its own; the result or error object.</summary>
    public JsonElement AskOnce(string parameters, string via = "ask")
    {
        using var client = Ask(via);
        return Call(client, "clearance.ask", parameters);
    }

    public JsonElement OperatorCall(string method, string parameters = "{}")
    {
        using var client = Operator();
        return Call(client, method, parameters);
    }

    /// <summary>The result, or the error, of one call.</summary>
    public static JsonElement Call(LineClient client, string method, string parameters = "{}")
    {
        var reply = Parse(client.Ask($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""));
        return reply.TryGetProperty("result", out var result) ? result : reply.GetProperty("error");
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>An ask as it goes over the wire, its end included.</summary>
    public static string AskLine(int id, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"clearance.ask","params":{{parameters}}}""" + "\n";

    public JsonElement[] AuditRecords() =>
        [.. Directory.GetFiles(AuditDirectory, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(Parse)];

    /// <summary>Runs something on the reactor's thread and waits for it.</summary>
    internal T OnReactor<T>(Func<T> get)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Parts.Reactor.Post(() => done.SetResult(get()));
        Assert.True(done.Task.Wait(Eventually.Limit), "the reactor did not run posted work");
        return done.Task.Result;
    }

    public Task StopAsync() => _host.StopAsync();

    internal ServerParts Parts => _host.Services.GetRequiredService<ClearanceServer>().Parts;

    internal long Count(Counter counter) => Parts.Counters.Read(counter);

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private ServedSocket Bind(string name, CallerRoles role) =>
        new(name, role, UnixListener.Bind(UnixAddress.FromPath(SocketPath(name)), new() { Label = name, OwnsDirectory = true }));

    private string SocketPath(string name) => Path.Combine(Root, name, "s");
}
