using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>An ask that could not be answered at once, with everything that its answer may depend on.</summary>
/// <param name="Ask">What is asked; nothing changes it.</param>
/// <param name="Terms">How it wants to be answered.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="Principal">Whose ask it is.</param>
/// <param name="Gone">Cancelled when nobody waits for the answer any more.</param>
internal sealed record Question(AskMembers Ask, AskTerms Terms, Asker Asker, Principal Principal, CancellationToken Gone)
{
    public PeerCredentials Peer => Asker.Credentials;

    /// <summary>What the rules say, with what can be seen of the asking process. Blocks: reads /proc.</summary>
    public RuleVerdict Judge(RuleSet set) => set.Decide(Ask, ObservedFacts.Of(Asker.Process));
}
