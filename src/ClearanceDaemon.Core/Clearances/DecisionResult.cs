using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What came of a person's verdict: it stands, or why it was not taken.</summary>
internal sealed record DecisionResult
{
    /// <summary>Why it was not taken; null when it stands.</summary>
    public RpcError? Fault { get; private init; }

    public VerdictOutcome Outcome { get; private init; }

    /// <summary>Waiting requests it answered.</summary>
    public int Answered { get; private init; }

    public Grant? Grant { get; private init; }

    public static DecisionResult Stands(VerdictOutcome outcome, int answered, Grant? grant) =>
        new() { Outcome = outcome, Answered = answered, Grant = grant };

    public static DecisionResult Refused(RpcErrorCode code, string message, string? member = null) =>
        new() { Fault = new(code, message) { Member = member } };
}
