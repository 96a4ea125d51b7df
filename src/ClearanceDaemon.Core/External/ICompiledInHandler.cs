using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.External;

/// <summary>A handler that is part of the daemon, off until somebody switches it on. For the reactor's thread.</summary>
internal interface ICompiledInHandler
{
    string Name { get; }

    /// <summary>Begins or ends its work; what keeps it from working is its <see cref="HandlerItem.Problem"/>.</summary>
    Task SwitchAsync(bool on);

    /// <summary>Whether it carries out verdicts on this ask.</summary>
    bool CarriesOut(AskMembers ask);

    /// <summary>As <see cref="IEffectHandlers.CarryOutAsync"/>.</summary>
    Task<HandlerFailure?> CarryOutAsync(AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer);

    HandlerItem Describe(bool enabled);
}
