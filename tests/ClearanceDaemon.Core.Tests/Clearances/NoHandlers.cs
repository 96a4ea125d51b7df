using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>A daemon without a handler that decides or carries out anything.</summary>
internal sealed class NoHandlers : IDeciders, IEffectHandlers
{
    public bool MayDecide(ReadOnlySpan<byte> action, Rule? rule) => false;

    public Task<HandlersVerdict?> DecideAsync(AskMembers ask, byte[] digest, Rule? rule, PeerCredentials peer, TimeSpan atMost) =>
        throw new InvalidOperationException("nobody decides here");

    public bool Wants(AskMembers ask) => false;

    public IReadOnlyList<string> For(AskMembers ask) => [];

    public Task<HandlerFailure?> CarryOutAsync(string handler, AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer) =>
        throw new InvalidOperationException("nobody carries out anything here");
}
