using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>An ask that waits: the frozen request, its digest and its one deadline. For the reactor's thread.</summary>
internal sealed class PendingAsk(RequestId id, AskMembers ask, byte[] digest, Rule? rule, Asker asker, string? key, DateTimeOffset deadline)
{
    private readonly TaskCompletionSource<Verdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RequestId Id => id;

    /// <summary>A copy of its own; nothing changes it.</summary>
    public AskMembers Ask => ask;

    public byte[] Digest => digest;

    public Rule? Rule => rule;

    public Asker Asker => asker;

    public string? Key => key;

    public DateTimeOffset Deadline => deadline;

    public bool IsOpen => !_verdict.Task.IsCompleted;

    /// <summary>The answer, at the ask's own end.</summary>
    public Task<Verdict> Verdict => _verdict.Task;

    internal TurnTimer? Expiry { get; set; }

    public bool IsFrom(ReadOnlySpan<byte> via) => ask.Via.SequenceEqual(via);

    internal void Close(Verdict verdict) => _verdict.TrySetResult(verdict);
}
