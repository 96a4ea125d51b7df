using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Keeps a program from allowing its own ask by accident or out of naivety. No wall against code that means to: a process
/// of the same user can trace the person's terminal. What cannot be told is refused. Denying needs none of this.
/// </summary>
internal static class SelfApproval
{
    private const string Remedy = "; allow it from another terminal, or set selfApproval in the rule";
    private const string FromAsker = "the verdict comes from the process that asks" + Remedy;
    private const string Hidden = "the process that sends the verdict is gone or hides itself; allow it from an ordinary terminal";

    /// <summary>Whether an allow counts. Blocks: reads /proc.</summary>
    /// <param name="decider">The process that sends the verdict; null where it is not pinned.</param>
    /// <param name="deciderPid">Its pid as the kernel named it at accept.</param>
    /// <param name="askers">The processes whose asks are decided; null for each that is not pinned.</param>
    /// <param name="principal">Whose asks they are.</param>
    /// <param name="lifted">The rule or the configuration says <c>selfApproval: true</c>.</param>
    /// <returns>Null when it may allow; else why not and what to do, as one sentence without its full stop.</returns>
    public static string? Refusal(PeerProcess? decider, int? deciderPid, IReadOnlyList<PeerProcess?> askers, Principal principal, bool lifted)
    {
        if (!OperatingSystem.IsLinux())
        {
            // No process can be held and there is no /proc to look at: the two pids that the kernel named are all there is.
            return !lifted && deciderPid == principal.Pid ? FromAsker : null;
        }

        return Refusal(Decider.Of(decider, deciderPid, PeerProcess.IsSupported), askers, principal, lifted);
    }

    /// <summary>Why nothing permissive is taken from here at all: the decider is in a sandbox or cannot be looked at. Blocks.</summary>
    public static string? WrongPlace(PeerProcess? decider, int? deciderPid) =>
        OperatingSystem.IsLinux() ? WrongPlace(Decider.Of(decider, deciderPid, PeerProcess.IsSupported)) : null;

    internal static string? Refusal(Decider? decider, IReadOnlyList<PeerProcess?> askers, Principal principal, bool lifted)
    {
        if (WrongPlace(decider) is { } wrong)
        {
            return wrong;
        }

        return lifted ? null : Kinship(decider!, askers, principal) ?? SharedPlace(decider!.Observed, askers, principal);
    }

    private static string? WrongPlace(Decider? decider)
    {
        if (decider is not { Namespaces: { } seen, Observed.State: not ObservedState.Gone } || ProcessNamespaces.Own() is not { } own)
        {
            return Hidden;
        }

        return OtherNamespace(seen, own) is { } kind
            ? $"the verdict comes from another {kind} namespace than the daemon's; allow it from a terminal outside of any sandbox or container"
            : null;
    }

    private static string? OtherNamespace(ProcessNamespaces seen, ProcessNamespaces own) =>
        seen.User != own.User ? "user" : seen.Pid != own.Pid ? "pid" : seen.Mount != own.Mount ? "mount" : null;

    private static string? Kinship(Decider decider, IReadOnlyList<PeerProcess?> askers, Principal principal)
    {
        PeerProcess[] asking = [.. askers.OfType<PeerProcess>()];
        if (decider.Is(principal) || Array.Exists(asking, decider.Is))
        {
            return FromAsker;
        }

        bool?[] descends = [decider.DescendsFrom(principal), .. Array.ConvertAll(asking, decider.DescendsFrom)];
        if (descends.Contains(true))
        {
            return "the verdict comes from a process that the asking one started" + Remedy;
        }

        return descends.Contains(null) ? "it cannot be told who started the process that sends the verdict" + Remedy : null;
    }

    private static string? SharedPlace(ObservedProcess decider, IReadOnlyList<PeerProcess?> askers, Principal principal)
    {
        // As the principal was when it asked, and as all of them are: a process can be moved, and can be gone.
        foreach (var asking in askers.Append(principal.Process).Select(static process => process?.Observe()).Append(principal.Observed))
        {
            if (asking?.CGroup is not null && decider.CGroup is null)
            {
                return Hidden;
            }

            if (asking?.Container is { } container && container == decider.Container)
            {
                return $"the verdict comes from the container that asks ({container}){Remedy}";
            }

            if (asking?.Unit is { } unit && unit == decider.Unit && unit.EndsWith(".service", StringComparison.Ordinal))
            {
                return $"the verdict comes from the service that asks ({unit}){Remedy}";
            }
        }

        return null;
    }
}
