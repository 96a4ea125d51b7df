using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>daemon.status</c>: everything an operator asks first when something is odd.</summary>
internal sealed class StatusHandler(ServerFacts facts, RulesInForce rules, AuditLog audit, Desk desk, EventHub hub, GrantDesk grants, Lockdown lockdown, HandlerReport handlers) : IRequestHandler
{
    public string Method => MethodNames.Status;

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (NoParameters.Holds(request))
        {
            request.Succeed(Describe(request.Caller), ProtocolJson.Default.StatusResult);
        }

        return ValueTask.CompletedTask;
    }

    private StatusResult Describe(Caller caller)
    {
        var counters = facts.Counters.ReadAll();
        counters["pending"] = desk.PendingCount;
        return new()
        {
            Version = facts.Version,
            Instance = facts.Instance,
            Pid = Environment.ProcessId,
            Started = Timestamp.Format(facts.Started.ToUnixTimeMilliseconds()),
            State = rules.State == RuleStoreState.Ok && audit.Available && !lockdown.IsOn && grants.Problem is null && handlers.IsWell ? HealthState.Ok : HealthState.Degraded,
            Sockets = [.. facts.Sockets.Select(Describe)],
            NotServed = [.. facts.NotServed],
            Rules = DescribeRules(),
            Audit = DescribeAudit(),
            Pending = desk.PendingCount,
            Operators = hub.Answering,
            Grants = grants.Count,
            Lockdown = lockdown.State,
            Handlers = handlers.List(),
            Counters = counters,
            Limits = new(facts.Limits),
            Kernel = new() { ["peerPidFd"] = caller.Process is not null, ["execForbidden"] = facts.ExecForbidden },
        };
    }

    private static StatusSocket Describe(SocketFacts socket) => new()
    {
        Name = socket.Name,
        Role = socket.Role,
        Via = socket.Via,
        Address = socket.Address,
        Activated = socket.Activated,
        Served = true,
        Connections = socket.Connections(),
    };

    private StatusRules DescribeRules() => new()
    {
        State = RuleStates.Name(rules.State),
        Count = rules.Current.Count,
        Sha256 = rules.Current.Sha256,
        Loaded = rules.Status.Loaded is { } loaded ? Timestamp.Format(loaded.ToUnixTimeMilliseconds()) : null,
        Files = [.. rules.Status.Files.Select(static file => new RuleFile { Path = file.Path, Used = file.Used, Why = file.Why })],
        Problems = RuleStates.Problems(rules.Status.Problems),
    };

    private StatusAudit DescribeAudit()
    {
        var status = audit.Status;
        return new()
        {
            State = audit.Available ? Protocol.Methods.AuditState.Ok : Protocol.Methods.AuditState.Failed,
            File = status.File,
            Seq = status.Seq,
            Bytes = status.Bytes,
            Anchor = status.Anchor is { } anchor ? new() { Seq = anchor.Seq, Sha256 = anchor.Sha256, Time = Timestamp.Format(anchor.Time.ToUnixTimeMilliseconds()) } : null,
            Error = status.Error,
        };
    }
}
