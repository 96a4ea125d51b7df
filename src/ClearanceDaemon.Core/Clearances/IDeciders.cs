using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Handlers that may decide in a person's stead, where the rules leave an ask to one. For the reactor's thread.</summary>
internal interface IDeciders
{
    /// <summary>Whether one would be asked. Called for every ask that no rule and no grant decides: it is quick.</summary>
    /// <param name="action">What is asked for.</param>
    /// <param name="rule">The rule that leaves it open, whose <c>handler</c> is the only one; null where no rule matched.</param>
    bool MayDecide(ReadOnlySpan<byte> action, Rule? rule);

    /// <summary>What they say; null when they leave it to a person, which is also what a failure means.</summary>
    /// <param name="ask">The ask; nothing changes it meanwhile.</param>
    /// <param name="digest">Its digest, which they must cite.</param>
    /// <param name="rule">As of <see cref="MayDecide"/>.</param>
    /// <param name="peer">Who asks, as the kernel said.</param>
    /// <param name="atMost">How long the asker waits at all.</param>
    Task<HandlersVerdict?> DecideAsync(AskMembers ask, byte[] digest, Rule? rule, PeerCredentials peer, TimeSpan atMost);
}
