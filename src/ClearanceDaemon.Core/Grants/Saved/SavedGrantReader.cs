using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>Makes a grant of what the file says, or says which member is not as this daemon writes it.</summary>
internal static class SavedGrantReader
{
    public static Grant? Read(SavedGrant saved, out string? fault)
    {
        fault = null;
        if (!RequestId.TryParse(Encoding.UTF8.GetBytes(saved.Id), out var id))
        {
            fault = "id";
            return null;
        }

        var scope = ScopeOf(saved.Scope);
        var match = GrantMatchJson.Read(saved.Match);
        fault = FirstFault(saved, scope, match);
        return fault is null ? Make(saved, id, scope!.Value, match!) : null;
    }

    private static Grant Make(SavedGrant saved, RequestId id, GrantScope scope, GrantMatch match) => new()
    {
        Id = id,
        Verdict = saved.Verdict == VerdictWord.Allow ? GrantVerdict.Allow : GrantVerdict.Deny,
        Uid = saved.Subject.Uid,
        Via = Encoding.UTF8.GetBytes(saved.Subject.Via),
        Match = match,
        Scope = scope,
        Made = Time(saved.Made)!.Value,
        ExpiresWall = Time(saved.ExpiresWall),
        Boot = saved.Boot is { } boot ? new(boot.Id, boot.ExpiresBoottime is { } end ? TimeSpan.FromMilliseconds(end) : null) : null,
        UsesLeft = saved.UsesLeft,
        RuleId = saved.Rule,
        DecidedSeq = saved.DecidedSeq,
        Process = saved.Process is { } process ? new(process.Pid, process.Inode) : null,
    };

    private static string? FirstFault(SavedGrant saved, GrantScope? scope, GrantMatch? match) => saved switch
    {
        { V: not GrantJson.Version } => "v",
        { Verdict: not (VerdictWord.Allow or VerdictWord.Deny) } => "verdict",
        { Subject.Via.Length: 0 } => "subject",
        _ when match is null => "match",
        _ when scope is not { } known || known.Kind == GrantScopes.Once || known.Fault(null) is not null => "scope",
        _ when Time(saved.Made) is null => "made",
        { DecidedSeq: < 1 } => "decidedSeq",
        { Rule.Length: 0 or > RuleLimits.IdBytes } => "rule",
        _ => EndFault(saved, scope!.Value),
    };

    /// <summary>Each scope has its own ends, and no others.</summary>
    private static string? EndFault(SavedGrant saved, in GrantScope scope) => scope.Kind switch
    {
        _ when saved.ExpiresWall is not null && Time(saved.ExpiresWall) is null => "expiresWall",
        _ when saved.Boot is { } boot && (boot.Id.Length == 0 || boot.ExpiresBoottime is < 0 or > MaxBoottime) => "boot",
        _ when (saved.ExpiresWall is null) != (saved.Boot?.ExpiresBoottime is null) => "boot",
        GrantScopes.For when saved.ExpiresWall is null => "expiresWall",
        GrantScopes.Always when saved.ExpiresWall is not null => "expiresWall",
        GrantScopes.UntilExit when saved.Boot is null => "boot",
        GrantScopes.UntilExit when saved.Process is not { Pid: > 0 } => "process",
        not GrantScopes.UntilExit when saved.Process is not null => "process",
        GrantScopes.Uses when saved.UsesLeft is not >= 1 || saved.UsesLeft > scope.Uses => "usesLeft",
        not GrantScopes.Uses when saved.UsesLeft is not null => "usesLeft",
        _ => null,
    };

    /// <summary>A century: no clock of a boot gets there, and no sum with it overflows.</summary>
    private const long MaxBoottime = 100L * 366 * 86_400_000;

    private static GrantScope? ScopeOf(Protocol.Methods.GrantScope saved)
    {
        TimeSpan? duration = null;
        if (saved.Duration is not null)
        {
            if (!Duration.TryParse(saved.Duration, out var read))
            {
                return null;
            }

            duration = read;
        }

        return new(GrantScope.KindOf(saved.Kind), duration, saved.Uses);
    }

    private static DateTimeOffset? Time(string? text) =>
        Timestamp.TryParse(text, out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
