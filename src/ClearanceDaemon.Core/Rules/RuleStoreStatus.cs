using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Rules;

/// <summary>What a store knows after a load.</summary>
/// <param name="State">How far <paramref name="Set"/> is what the files say.</param>
/// <param name="Set">The rules in force; empty, and not to be used, when the state is bad.</param>
/// <param name="Loaded">When <paramref name="Set"/> was loaded; null when it never was.</param>
/// <param name="Problems">Those of the last load.</param>
/// <param name="Files">All that the last load looked at.</param>
internal sealed record RuleStoreStatus(
    RuleStoreState State, RuleSet Set, DateTimeOffset? Loaded, IReadOnlyList<DocumentProblem> Problems, IReadOnlyList<DocumentSeen> Files)
{
    public static readonly RuleStoreStatus Initial = new(RuleStoreState.Bad, RuleSet.Empty, null, [], []);

    public RuleStoreStatus After(RuleLoad load, DateTimeOffset now) => load.Set is { } set
        ? new(RuleStoreState.Ok, set, now, load.Problems, load.Files)
        : this with { State = State == RuleStoreState.Bad ? RuleStoreState.Bad : RuleStoreState.Stale, Problems = load.Problems, Files = load.Files };
}
