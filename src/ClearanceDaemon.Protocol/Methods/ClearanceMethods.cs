namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The protocol's methods with their shapes. Properties, so that a program pays only for the shapes it uses.</summary>
public static class ClearanceMethods
{
    private static ProtocolJson Json => ProtocolJson.Default;

    /// <summary><c>clearance.hello</c></summary>
    public static RpcMethod<NoParams, HelloResult> Hello => new(MethodNames.Hello, Json.NoParams, Json.HelloResult);

    /// <summary><c>clearance.ping</c></summary>
    public static RpcMethod<NoParams, PingResult> Ping => new(MethodNames.Ping, Json.NoParams, Json.PingResult);

    /// <summary><c>clearance.ask</c></summary>
    public static RpcMethod<AskParams, AskResult> Ask => new(MethodNames.Ask, Json.AskParams, Json.AskResult);

    /// <summary><c>clearance.wait</c></summary>
    public static RpcMethod<WaitParams, AskResult> Wait => new(MethodNames.Wait, Json.WaitParams, Json.AskResult);

    /// <summary><c>clearance.withdraw</c></summary>
    public static RpcMethod<WithdrawParams, WithdrawResult> Withdraw => new(MethodNames.Withdraw, Json.WithdrawParams, Json.WithdrawResult);

    /// <summary><c>daemon.status</c></summary>
    public static RpcMethod<NoParams, StatusResult> Status => new(MethodNames.Status, Json.NoParams, Json.StatusResult);

    /// <summary><c>rules.list</c></summary>
    public static RpcMethod<NoParams, RulesListResult> RulesList => new(MethodNames.RulesList, Json.NoParams, Json.RulesListResult);

    /// <summary><c>rules.explain</c></summary>
    public static RpcMethod<RulesExplainParams, RulesExplainResult> RulesExplain =>
        new(MethodNames.RulesExplain, Json.RulesExplainParams, Json.RulesExplainResult);

    /// <summary><c>rules.reload</c></summary>
    public static RpcMethod<NoParams, RulesReloadResult> RulesReload => new(MethodNames.RulesReload, Json.NoParams, Json.RulesReloadResult);

    /// <summary><c>audit.read</c></summary>
    public static RpcMethod<AuditReadParams, AuditReadResult> AuditRead => new(MethodNames.AuditRead, Json.AuditReadParams, Json.AuditReadResult);

    /// <summary><c>clearance.pending</c></summary>
    public static RpcMethod<PendingParams, PendingResult> Pending => new(MethodNames.Pending, Json.PendingParams, Json.PendingResult);

    /// <summary><c>clearance.decide</c></summary>
    public static RpcMethod<DecideParams, DecideResult> Decide => new(MethodNames.Decide, Json.DecideParams, Json.DecideResult);

    /// <summary><c>clearance.subscribe</c></summary>
    public static RpcMethod<SubscribeParams, SubscribeResult> Subscribe => new(MethodNames.Subscribe, Json.SubscribeParams, Json.SubscribeResult);

    /// <summary><c>grants.list</c></summary>
    public static RpcMethod<GrantsListParams, GrantsListResult> GrantsList => new(MethodNames.GrantsList, Json.GrantsListParams, Json.GrantsListResult);

    /// <summary><c>grants.revoke</c></summary>
    public static RpcMethod<GrantsRevokeParams, GrantsRevokeResult> GrantsRevoke => new(MethodNames.GrantsRevoke, Json.GrantsRevokeParams, Json.GrantsRevokeResult);

    /// <summary><c>audit.verify</c></summary>
    public static RpcMethod<NoParams, AuditVerifyResult> AuditVerify => new(MethodNames.AuditVerify, Json.NoParams, Json.AuditVerifyResult);

    /// <summary><c>daemon.lockdown</c></summary>
    public static RpcMethod<LockdownParams, LockdownResult> Lockdown => new(MethodNames.Lockdown, Json.LockdownParams, Json.LockdownResult);

    /// <summary><c>handlers.list</c></summary>
    public static RpcMethod<NoParams, HandlersListResult> HandlersList => new(MethodNames.HandlersList, Json.NoParams, Json.HandlersListResult);

    /// <summary><c>handlers.enable</c></summary>
    public static RpcMethod<HandlersSwitchParams, HandlersSwitchResult> HandlersEnable =>
        new(MethodNames.HandlersEnable, Json.HandlersSwitchParams, Json.HandlersSwitchResult);

    /// <summary><c>handlers.disable</c></summary>
    public static RpcMethod<HandlersSwitchParams, HandlersSwitchResult> HandlersDisable =>
        new(MethodNames.HandlersDisable, Json.HandlersSwitchParams, Json.HandlersSwitchResult);

    /// <summary><c>handlers.test</c></summary>
    public static RpcMethod<HandlersTestParams, HandlersTestResult> HandlersTest => new(MethodNames.HandlersTest, Json.HandlersTestParams, Json.HandlersTestResult);

    /// <summary>The shape of <c>clearance.asked</c>, which is a notification: its result is what it carries.</summary>
    internal static RpcMethod<NoParams, AskedNotification> AskedShape => new(MethodNames.Asked, Json.NoParams, Json.AskedNotification);

    /// <summary>The shape of <c>clearance.event</c>, likewise.</summary>
    internal static RpcMethod<NoParams, ClearanceEvent> EventShape => new(MethodNames.Event, Json.NoParams, Json.ClearanceEvent);
}
