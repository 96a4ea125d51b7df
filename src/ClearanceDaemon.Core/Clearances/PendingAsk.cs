using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// One prompt: the frozen request, its digest, its one deadline, and everyone who waits for the verdict, because equal
/// asks of one principal are one. Owns its principal. For the reactor's thread.
/// </summary>
internal sealed class PendingAsk(RequestId id, long number, AskMembers ask, byte[] digest, Rule? rule, Asker asker, Principal principal, string? key, Deadline deadline)
{
    private readonly List<Waiter> _waiters = [];

    public RequestId Id => id;

    /// <summary>Rises with every prompt; the order of lists.</summary>
    public long Number => number;

    /// <summary>A copy of its own; nothing changes it.</summary>
    public AskMembers Ask => ask;

    public byte[] Digest => digest;

    public string Via { get; } = Encoding.UTF8.GetString(ask.Via);

    public Rule? Rule => rule;

    /// <summary>Who asked first.</summary>
    public Asker Asker => asker;

    public Principal Principal => principal;

    public string? Key => key;

    public Deadline Deadline => deadline;

    public required DateTimeOffset Asked { get; init; }

    /// <summary>Which members differ from a grant that almost fitted.</summary>
    public string[]? Changed { get; init; }

    /// <summary>The verdict it had and that could not be carried out; null while nobody has decided it.</summary>
    public EffectFailure? Failed { get; init; }

    /// <summary>How often it was asked.</summary>
    public int Times { get; private set; } = 1;

    public IReadOnlyList<Waiter> Waiters => _waiters;

    public PendingState State { get; internal set; }

    public bool IsOpen => State == PendingState.Open;

    /// <summary>True once its record is written: not before is anyone told of it.</summary>
    public bool IsRecorded { get; internal set; }

    /// <summary>The answer once it is on record.</summary>
    public Verdict? Verdict { get; private set; }

    internal TurnTimer? Expiry { get; set; }

    public bool IsFrom(ReadOnlySpan<byte> via) => ask.Via.SequenceEqual(via);

    internal void Join() => Times++;

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
