using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>The contract in README.md says what the code does.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Readme = ReadReadme();

    [Fact]
    public void Every_request_in_it_is_taken()
    {
        var requests = Lines("```json").Where(static l => l.Contains("\"method\"", StringComparison.Ordinal) && l.Contains("\"id\":", StringComparison.Ordinal)
            && !l.Contains("clearance.asked", StringComparison.Ordinal) && !l.Contains("clearance.event", StringComparison.Ordinal)).ToArray();
        Assert.InRange(requests.Length, 14, 100);
        Assert.All(requests, static line => Assert.True(RequestLines.Read(line).Accepted, line));
    }

    [Fact]
    public void Every_answer_in_it_is_one_the_client_takes()
    {
        foreach (var line in Lines("```json").Where(static l => !RequestLines.Read(l).Accepted))
        {
            var reply = RpcReply.Parse(Encoding.UTF8.GetBytes(line));
            Assert.NotEmpty(reply.Body);
        }
    }

    [Fact]
    public void Its_asks_and_answers_have_the_typed_shapes()
    {
        Assert.NotNull(Shape("\"id\":3,\"method\"", "params", ProtocolJson.Default.AskParams));
        Assert.NotNull(Shape("clearance.asked", "params", ProtocolJson.Default.AskedNotification));
        Assert.NotNull(Shape("\"outcome\"", "result", ProtocolJson.Default.AskResult));
        Assert.NotNull(Shape("\"protocol\":1", "result", ProtocolJson.Default.HelloResult));
        Assert.NotNull(Shape("clearance.wait", "params", ProtocolJson.Default.WaitParams));
        Assert.NotNull(Shape("clearance.withdraw", "params", ProtocolJson.Default.WithdrawParams));
        Assert.NotNull(Shape("rules.explain", "params", ProtocolJson.Default.RulesExplainParams));
        Assert.NotNull(Shape("audit.read", "params", ProtocolJson.Default.AuditReadParams));
    }

    [Fact]
    public void Its_operators_calls_have_the_typed_shapes()
    {
        Assert.Equal(50, Shape("clearance.pending", "params", ProtocolJson.Default.PendingParams)!.Limit);
        Assert.Equal("ask", Assert.Single(Shape("\"items\":[{\"id\":\"7f3a", "result", ProtocolJson.Default.PendingResult)!.Items).Verified.Via);
        Assert.Equal(ScopeKind.For, Shape("clearance.decide", "params", ProtocolJson.Default.DecideParams)!.Scope!.Kind);
        Assert.NotNull(Shape("\"answered\"", "result", ProtocolJson.Default.DecideResult)!.Grant);
        Assert.NotNull(Shape("grants.list", "params", ProtocolJson.Default.GrantsListParams));
        Assert.Equal(2, Assert.Single(Shape("\"items\":[{\"id\":\"9c2e", "result", ProtocolJson.Default.GrantsListResult)!.Items).UsesLeft);
        Assert.NotNull(Shape("grants.revoke", "params", ProtocolJson.Default.GrantsRevokeParams)!.Id);
        Assert.Equal(1, Shape("{\"revoked\"", "result", ProtocolJson.Default.GrantsRevokeResult)!.Revoked);
        Assert.True(Shape("daemon.lockdown", "params", ProtocolJson.Default.LockdownParams)!.On);
        Assert.True(Shape("\"denied\"", "result", ProtocolJson.Default.LockdownResult)!.State.On);
        Assert.True(Shape("clearance.subscribe", "params", ProtocolJson.Default.SubscribeParams)!.Answers);
        Assert.False(Shape("\"resumed\"", "result", ProtocolJson.Default.SubscribeResult)!.Resumed);
    }

    [Fact]
    public void Its_calls_about_handlers_have_the_typed_shapes()
    {
        var list = Shape("\"process\"", "result", ProtocolJson.Default.HandlersListResult)!;
        Assert.Equal([HandlerState.Broken, HandlerState.Ok], list.Items.Select(static handler => handler.State));
        Assert.Equal("terok-shield", Shape("handlers.enable", "params", ProtocolJson.Default.HandlersSwitchParams)!.Name);
        Assert.False(Shape("\"changed\":false", "result", ProtocolJson.Default.HandlersSwitchResult)!.Changed);
        Assert.Equal("hello.world", Shape("handlers.test", "params", ProtocolJson.Default.HandlersTestParams)!.Method);
        Assert.Equal(HandlerFault.Deadline, Shape("\"milliseconds\"", "result", ProtocolJson.Default.HandlersTestResult)!.Failure!.Why);
    }

    [Fact]
    public void Every_state_and_fault_of_a_handler_is_in_it()
    {
        var text = string.Join('\n', Readme);
        Assert.All(
            ((Type[])[typeof(HandlerKind), typeof(HandlerState), typeof(HandlersProcess), typeof(HandlerFault)]).SelectMany(static type => type.GetFields()),
            field => Assert.Contains($"`{field.GetRawConstantValue()}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_handlers_are_sent_what_their_digests_are_of()
    {
        var lines = Lines("```json").Where(static l => l.Contains("\"method\":\"handler.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.All(lines, static line =>
        {
            var parameters = JsonDocument.Parse(line).RootElement.GetProperty("params");
            var request = Encoding.UTF8.GetBytes(parameters.GetProperty("request").GetRawText());
            var canonical = new LineBuffer();
            Assert.True(CanonicalJson.TryWrite(canonical, request));
            Assert.Equal(request, canonical.Written.ToArray());
            var hash = new byte[Sha256.HashBytes];
            Sha256.Hash(request, hash);
            Assert.Equal("sha256:" + Hex.Text(hash), parameters.GetProperty("digest").GetString());
        });
    }

    [Fact]
    public void Every_event_is_in_it_with_its_data()
    {
        var events = Lines("```json").Where(static l => l.Contains("clearance.event", StringComparison.Ordinal))
            .Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("params").Deserialize(ProtocolJson.Default.ClearanceEvent)!).ToArray();
        Assert.All(events, static happened => Assert.True(HasItsShape(happened), happened.Type));
        var types = typeof(EventType).GetFields().Select(static f => (string)f.GetRawConstantValue()!).Order().ToArray();
        Assert.Equal(types, events.Select(static happened => happened.Type).Order());
        Assert.All(types, static type => Assert.Contains(Readme, line => line.StartsWith($"| `{type}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_scope_and_bind_member_is_in_it()
    {
        Assert.All(typeof(ScopeKind).GetFields(), static field => Assert.Contains(Readme, line => line.StartsWith($"| `{field.GetRawConstantValue()}` |", StringComparison.Ordinal)));
        Assert.All(typeof(BindMember).GetFields(), static field => Assert.Contains(
            Readme, line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|')[1].Contains($"`{field.GetRawConstantValue()}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Its_error_table_is_the_codes_table()
    {
        var rows = Readme.Select(static l => l.Split('|')).Where(static c => c.Length == 5 && c[2].Trim().StartsWith("-32", StringComparison.Ordinal))
            .ToDictionary(static c => c[1].Trim(' ', '`'), static c => int.Parse(c[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var codes = Enum.GetValues<RpcErrorCode>().Where(static c => c != RpcErrorCode.None).ToArray();
        Assert.Equal(codes.Length, rows.Count);
        Assert.All(codes, code => Assert.Equal((int)code, rows[RpcErrorCodes.Text(code)]));
    }

    [Fact]
    public void Its_limits_table_is_the_limits()
    {
        foreach (var limit in typeof(ProtocolLimits).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var value = Convert.ToString(limit.GetRawConstantValue(), CultureInfo.InvariantCulture);
            Assert.Contains(Readme, line => line.EndsWith($"| `{limit.Name}` |", StringComparison.Ordinal) && (line.Contains($"| {value} |", StringComparison.Ordinal) || line.Contains($"| {value} B |", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Its_digest_is_that_of_its_ask()
    {
        var example = Lines("```digest").ToArray();
        var parameters = JsonDocument.Parse(Lines("```json").Single(static l => l.Contains("\"id\":3,\"method\"", StringComparison.Ordinal))).RootElement.GetProperty("params");
        var members = parameters.EnumerateObject().Where(static m => m.Name is not ("wait" or "key")).Select(static m => $"\"{m.Name}\":{m.Value.GetRawText()}");
        var covered = "{\"v\":1,\"via\":\"ask\",\"uid\":1000," + string.Join(',', members) + "}";
        var canonical = new LineBuffer();
        Assert.True(CanonicalJson.TryWrite(canonical, Encoding.UTF8.GetBytes(covered)));
        Assert.Equal(example[0], Encoding.UTF8.GetString(canonical.Written));

        var hash = new byte[Sha256.HashBytes];
        Sha256.Hash(canonical.Written, hash);
        Assert.Equal(example[1], "sha256:" + Hex.Text(hash));
        Assert.Contains(Lines("```json"), line => line.Contains("clearance.asked", StringComparison.Ordinal) && line.Contains(example[1], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_method_is_in_it()
    {
        var text = string.Join('\n', Readme);
        Assert.All(typeof(MethodNames).GetFields(), field => Assert.Contains((string)field.GetRawConstantValue()!, text, StringComparison.Ordinal));
    }

    private static bool HasItsShape(ClearanceEvent happened) => happened.Type switch
    {
        EventType.Asked => happened.Data.Deserialize(ProtocolJson.Default.PendingItem)?.Id == happened.Id,
        EventType.AskedAgain => happened.Data.Deserialize(ProtocolJson.Default.AskedAgainEvent)?.Times == 2,
        EventType.Decided => happened.Data.Deserialize(ProtocolJson.Default.DecidedEvent)?.Decider is not null,
        EventType.SnapshotEnd => happened.Data.Deserialize(ProtocolJson.Default.SnapshotEndEvent)?.Present == 1,
        EventType.Lost => !happened.Data.EnumerateObject().Any(),
        EventType.GrantMade => happened.Data.Deserialize(ProtocolJson.Default.GrantItem)?.Id == happened.Id,
        EventType.GrantEnded => happened.Data.Deserialize(ProtocolJson.Default.GrantEndedEvent)?.Why == "lockdown",
        EventType.Lockdown => happened.Data.Deserialize(ProtocolJson.Default.LockdownState)?.On == true,
        EventType.Operators => happened.Data.Deserialize(ProtocolJson.Default.OperatorsEvent)?.Present == 2,
        EventType.EffectDone => happened.Data.Deserialize(ProtocolJson.Default.EffectEvent) is { Failure: null, Outcome: AskOutcome.Denied },
        EventType.EffectFailed => happened.Data.Deserialize(ProtocolJson.Default.EffectEvent)?.Failure is { Why: HandlerFault.Exit, ExitCode: 1 },
        EventType.Shield => happened.Data.Deserialize(ProtocolJson.Default.ShieldEvent)?.Dossier?.Count == 2,
        EventType.Handler => happened.Data.Deserialize(ProtocolJson.Default.HandlerEvent)?.State == HandlerState.Broken,
        EventType.Rules => happened.Data.Deserialize(ProtocolJson.Default.RulesEvent)?.Count == 12,
        _ => false,
    };

    private static T? Shape<T>(string marker, string member, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
    {
        var line = Lines("```json").First(l => l.Contains(marker, StringComparison.Ordinal));
        return JsonDocument.Parse(line).RootElement.GetProperty(member).Deserialize(shape);
    }

    private static IEnumerable<string> Lines(string fence)
    {
        var inside = false;
        foreach (var line in Readme)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && line == fence;
            }
            else if (inside)
            {
                yield return line;
            }
        }
    }

    private static string[] ReadReadme()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ClearanceDaemon.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No ClearanceDaemon.sln above the tests.");
        }

        return File.ReadAllLines(Path.Combine(directory.FullName, "src", "ClearanceDaemon.Protocol", "README.md"));
    }
}
