using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>A daemon with handlers, and a fake handlers process for it.</summary>
internal sealed class HandlerWorld : IDisposable
{
    /// <summary>A handler of one method for each role.</summary>
    public const string Hello = """{"methods":{"hello.world":"ask","hello.secret":"operator"}}""";

    private FakeHandlersProcess? _fake;

    /// <param name="handlers">Roles by the handlers' names; <see cref="Manifest"/> makes manifests of them.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">Other options than the defaults.</param>
    /// <param name="patience">Other limits than the defaults.</param>
    /// <param name="clock">Of handlers' rests.</param>
    /// <param name="isUp">Whether the handlers process is there from the start.</param>
    /// <param name="state">Where the state of an earlier run is.</param>
    /// <param name="more">More members of every manifest.</param>
    /// <param name="socket">Where the handlers process is, if not in the daemon's directory.</param>
    public HandlerWorld(
        (string Name, string Roles)[] handlers,
        string rules = """{"version":1,"rules":[]}""",
        Func<ClearanceOptions, ClearanceOptions>? options = null,
        LinkLimits? patience = null,
        TimeProvider? clock = null,
        bool isUp = true,
        string? state = null,
        string more = "",
        string? socket = null)
    {
        Daemon = new(
            rules,
            options ?? (static o => o with { SelfApproval = true }),
            state: state,
            handlers: handlers.ToDictionary(static handler => handler.Name, handler => Manifest(handler.Name, handler.Roles, more)),
            setup: setup => setup with { HandlersSocket = socket ?? setup.HandlersSocket, HandlersPatience = patience ?? new(), HandlersClock = clock ?? TimeProvider.System });
        if (isUp)
        {
            Start();
        }
    }

    public TestDaemon Daemon { get; }

    public FakeHandlersProcess Fake => _fake!;

    public static string Manifest(string name, string roles, string more = "") =>
        $$"""{"version":1,"name":"{{name}}","exec":["/bin/true"],"roles":{{roles}},"mode":"kept"{{more}}}""";

    public void Start() => _fake = new(Daemon.HandlersSocket);

    public void StopFake()
    {
        Fake.Dispose();
        File.Delete(Daemon.HandlersSocket);
    }

    /// <summary>One call on a connection of its own; the result or error object. An operator is told most.</summary>
    public JsonElement Call(string method, string parameters = "{}", string via = "operator")
    {
        using var client = Daemon.Ask(via);
        return TestDaemon.Call(client, method, parameters);
    }

    /// <summary>A call that the test answers meanwhile.</summary>
    public Task<JsonElement> CallAsync(string method, string parameters = "{}", string via = "operator") => Task.Run(() => Call(method, parameters, via));

    public Task<JsonElement> AskAsync(string parameters, string via = "ask") => Task.Run(() => Daemon.AskOnce(parameters, via));

    public JsonElement Item(string name) => Daemon.OperatorCall("handlers.list").GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);

    public string State(string name) => Item(name).GetProperty("state").GetString()!;

    /// <summary>Which handlers process the daemon says there is.</summary>
    public string Process => Daemon.OperatorCall("handlers.list").GetProperty("process").GetString()!;

    public void Rules(string rules)
    {
        Daemon.WriteRules(rules);
        Reload();
    }

    public void Reload() => Assert.Equal("ok", Daemon.OperatorCall("rules.reload").GetProperty("state").GetString());

    public JsonElement[] Records(string kind) => [.. Daemon.AuditRecords().Where(record => record.GetProperty("kind").GetString() == kind)];

    /// <summary>The records of a kind, once there are so many.</summary>
    public JsonElement[] WaitForRecords(string kind, int count)
    {
        Eventually.True(() => Records(kind).Length >= count, $"{count} records '{kind}'");
        return Records(kind);
    }

    public void Dispose()
    {
        // First: the daemon would wait for what is being carried out.
        _fake?.Dispose();
        Daemon.Dispose();
    }
}
