using System.Collections.Concurrent;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>
/// Carries verdicts to the daemon on a thread of its own, one after the other, each on a fresh connection, and posts what came of
/// them. None is ever sent twice.
/// </summary>
internal sealed class InboxCalls(Func<ClearanceClient> connect, InboxQueue queue) : IDisposable
{
    private readonly BlockingCollection<InboxEffect> _effects = [];

    public void Start() => new Thread(Carry) { IsBackground = true, Name = "inbox calls" }.Start();

    public void Send(InboxEffect effect) => _effects.Add(effect);

    public void Dispose() => _effects.CompleteAdding();

    private void Carry()
    {
        foreach (var effect in _effects.GetConsumingEnumerable())
        {
            try
            {
                using var client = connect();
                queue.Post(Carry(client, effect));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                var why = Explain(e);
                queue.Post(effect is InboxEffect.Decide decide ? new InboxInput.NotDecided(decide.Verdict.Id, why) : new InboxInput.Failed(why));
            }
        }
    }

    private static InboxInput Carry(ClearanceClient client, InboxEffect effect)
    {
        switch (effect)
        {
            case InboxEffect.Decide decide:
                return new InboxInput.Decided(decide.What, client.Decide(decide.Verdict));
            case InboxEffect.Revoke revoke:
                client.GrantsRevoke(new GrantsRevokeParams { Id = revoke.Grant.Id });
                return new InboxInput.Revoked(revoke.Grant);
            case InboxEffect.SetLockdown lockdown:
                return new InboxInput.LockdownSet(client.Lockdown(new LockdownParams { On = lockdown.On }));
            default:
                throw new ArgumentException($"{effect.GetType().Name} is not a call.", nameof(effect));
        }
    }

    private static string Explain(Exception fault) => fault is RpcException { Error: var error }
        ? error.Code switch
        {
            RpcErrorCode.Expired => "too late: the deadline had passed, nothing was decided",
            RpcErrorCode.DigestMismatch => "the ask is not the one that was shown, nothing was decided; look again",
            RpcErrorCode.UnknownRequest => "it no longer waits: somebody else was faster, or it was withdrawn",
            RpcErrorCode.Forbidden => $"refused: {error.Message}",
            _ => Failure.Of(fault).Message,
        }
        : Failure.Of(fault).Message;
}
