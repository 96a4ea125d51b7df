using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What is answered to an ask, and recorded.</summary>
/// <param name="Outcome">Yes, no, or why neither.</param>
/// <param name="Id">The ask's id.</param>
/// <param name="By">Who decided, UTF-8.</param>
/// <param name="Reason">Why not, for the asker, UTF-8.</param>
/// <param name="Digest">The ask's digest where a person could be asked, UTF-8.</param>
internal readonly record struct Verdict(VerdictOutcome Outcome, RequestId Id, byte[] By, byte[]? Reason, byte[]? Digest)
{
    /// <summary>When what was allowed stops being so.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Which members differ from a grant that almost fitted.</summary>
    public string[]? Changed { get; init; }
}
