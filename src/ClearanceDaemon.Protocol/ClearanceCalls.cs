using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Protocol;

/// <summary>The protocol's methods as calls of <see cref="ClearanceClient"/>; for the asynchronous form pass the method to <c>CallAsync</c>.</summary>
public static class ClearanceCalls
{
    private static readonly NoParams None = new();

    extension(ClearanceClient client)
    {
        /// <summary><c>clearance.hello</c>: what the daemon and this socket are.</summary>
        public HelloResult Hello() => client.Call(ClearanceMethods.Hello, None);

        /// <summary><c>clearance.ping</c>: is anyone there?</summary>
        public PingResult Ping() => client.Call(ClearanceMethods.Ping, None);

        /// <summary><c>clearance.ask</c>: may I do this?</summary>
        public AskResult Ask(AskParams ask) => client.Call(ClearanceMethods.Ask, ask);

        /// <summary><c>clearance.wait</c>: wait for a pending ask.</summary>
        public AskResult Wait(WaitParams wait) => client.Call(ClearanceMethods.Wait, wait);

        /// <summary><c>clearance.withdraw</c>: take a pending ask back; true when it was still pending.</summary>
        public bool Withdraw(WithdrawParams which) => client.Call(ClearanceMethods.Withdraw, which).Withdrawn;

        /// <summary><c>daemon.status</c></summary>
        public StatusResult Status() => client.Call(ClearanceMethods.Status, None);

        /// <summary><c>rules.list</c></summary>
        public RulesListResult RulesList() => client.Call(ClearanceMethods.RulesList, None);

        /// <summary><c>rules.explain</c></summary>
        public RulesExplainResult RulesExplain(RulesExplainParams ask) => client.Call(ClearanceMethods.RulesExplain, ask);

        /// <summary><c>rules.reload</c></summary>
        public RulesReloadResult RulesReload() => client.Call(ClearanceMethods.RulesReload, None);

        /// <summary><c>audit.read</c>: one page of records.</summary>
        public AuditReadResult AuditRead(AuditReadParams page) => client.Call(ClearanceMethods.AuditRead, page);

        /// <summary><c>clearance.pending</c>: a page of the asks that wait.</summary>
        public PendingResult Pending(PendingParams page) => client.Call(ClearanceMethods.Pending, page);

        /// <summary><c>clearance.decide</c>: a verdict on a pending ask; it is on disk when this returns.</summary>
        public DecideResult Decide(DecideParams verdict) => client.Call(ClearanceMethods.Decide, verdict);

        /// <summary><c>clearance.subscribe</c>: from now on events arrive; see <see cref="ClearanceClient.Happened"/>.</summary>
        public SubscribeResult Subscribe(SubscribeParams from) => client.Call(ClearanceMethods.Subscribe, from);

        /// <summary><c>grants.list</c>: a page of the grants in force.</summary>
        public GrantsListResult GrantsList(GrantsListParams page) => client.Call(ClearanceMethods.GrantsList, page);

        /// <summary><c>grants.revoke</c>: takes grants back.</summary>
        public GrantsRevokeResult GrantsRevoke(GrantsRevokeParams which) => client.Call(ClearanceMethods.GrantsRevoke, which);

        /// <summary><c>audit.verify</c>: walks the whole log.</summary>
        public AuditVerifyResult AuditVerify() => client.Call(ClearanceMethods.AuditVerify, None);

        /// <summary><c>daemon.lockdown</c>: deny everything, or lift that.</summary>
        public LockdownResult Lockdown(LockdownParams wanted) => client.Call(ClearanceMethods.Lockdown, wanted);
    }
}
