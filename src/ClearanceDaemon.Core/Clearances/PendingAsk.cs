using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>An ask that waits: the frozen request, its digest and its one deadline. For the reactor's thread.</summary>
internal sealed class PendingAsk(RequestId id, AskMembers ask, byte[] digest, Rule? rule, Asker asker, string? key, DateTimeOffset deadline)
{
    private readonly List<Waiter> _waiters = [];

    public RequestId Id => id;

    /// <summary>A copy of its own; nothing changes it.</summary>
    public AskMembers Ask => ask;

    public byte[] Digest => digest;

    public Rule? Rule => rule;

    public Asker Asker => asker;

    public string? Key => key;

    public DateTimeOffset Deadline => deadline;

    /// <summary>True until it is decided, even if that is not on record yet.</summary>
    public bool IsOpen { get; internal set; } = true;

    /// <summary>The answer once it is on record.</summary>
    public Verdict? Verdict { get; private set; }

    internal TurnTimer? Expiry { get; set; }

    public bool IsFrom(ReadOnlySpan<byte> via) => ask.Via.SequenceEqual(via);

    internal void Add(Waiter waiter) => _waiters.Add(waiter);

    internal void Remove(Waiter waiter) => _waiters.Remove(waiter);

    /// <summary>Answers everyone who waits: with the verdict that is now on record, or with null when it could not be recorded.</summary>
    internal void Answer(Verdict? verdict)
    {
        Verdict = verdict;
        foreach (var waiter in _waiters.ToArray())
        {
            waiter.Answer(verdict);
        }
    }
}
