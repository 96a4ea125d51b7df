using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Handlers that carry verdicts out. For the reactor's thread.</summary>
internal interface IEffectHandlers
{
    /// <summary>Whether any would carry out a verdict on this ask. Called for every verdict: it is quick.</summary>
    bool Wants(AskMembers ask);

    /// <summary>Their names.</summary>
    IReadOnlyList<string> For(AskMembers ask);

    /// <summary>Carries a verdict out; null when that is done, else why not.</summary>
    /// <param name="handler">One of those that want it.</param>
    /// <param name="ask">The ask; nothing changes it meanwhile.</param>
    /// <param name="digest">Its digest, which the handler must cite.</param>
    /// <param name="verdict">Allowed or denied.</param>
    /// <param name="peer">Who asked, as the kernel said.</param>
    Task<HandlerFailure?> CarryOutAsync(string handler, AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer);
}
