using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Grants as asks and people meet them: finds the one that answers, takes its uses, ends it with its process, and tells
/// record and watchers what becomes of it. For the reactor's thread.
/// </summary>
internal sealed class GrantDesk
{
    private readonly Grants.Grants _grants;
    private readonly GrantBook _book;
    private readonly AuditLog _audit;
    private readonly EventHub _hub;
    private readonly ExitWatches _exits;
    private string? _unreadable;

    public GrantDesk(Grants.Grants grants, GrantBook book, AuditLog audit, EventHub hub, ExitWatches exits)
    {
        (_grants, _book, _audit, _hub, _exits) = (grants, book, audit, hub, exits);
        grants.Ended = OnEnded;
    }

    /// <summary>What is wrong with the grants on disk; null when nothing is.</summary>
    public string? Problem => _unreadable ?? _grants.Error;

    public int Count => _book.Count;

    /// <summary>True while some ask's answer may depend on which process it is.</summary>
    public bool HasUntilExit => _exits.Count > 0;

    public GrantAnswer Find(AskMembers ask, Rule? rule, Func<Grant, bool> isPrincipal) => _book.Find(ask, rule, isPrincipal);

    /// <summary>True when an answer by this grant takes more than saying so.</summary>
    public static bool NeedsWork(Grant grant) => grant.Scope.Kind is GrantScopes.Uses or GrantScopes.UntilExit;

    /// <summary>Whether the grant was made for this very process or container.</summary>
    public static bool IsFor(Grant grant, Principal principal) => grant.Container is { } container
        ? principal.Container == container
        : grant.Process is { } process && principal.Pid == process.Pid && principal.Inode == process.Inode;

    /// <summary>Null when the grant answers one ask now: its use is off, on disk, before that is said. Else why not.</summary>
    public Task<string?> TakeAsync(Grant grant) => _grants.UseAsync(grant);

    /// <summary>True while the grant would answer asks.</summary>
    public bool Stands(Grant grant) => _grants.IsInForce(grant);

    /// <summary>The grant that a verdict makes; it is not in force yet.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="pending">The ask it was decided on.</param>
    /// <param name="order">The verdict.</param>
    /// <param name="match">What it is bound to.</param>
    /// <param name="seq">The audit record of the verdict.</param>
    public Grant Make(RequestId id, PendingAsk pending, DecisionOrder order, GrantMatch match, long seq) => _grants.Make(
        id,
        pending.Ask,
        match,
        order.Allows ? GrantVerdict.Allow : GrantVerdict.Deny,
        order.Scope,
        pending.Rule,
        order.Scope.Kind == GrantScopes.UntilExit && pending.Principal.Container is null
            ? new ProcessRef(pending.Principal.Pid!.Value, pending.Principal.Inode!.Value)
            : null,
        seq,
        order.Scope.Kind == GrantScopes.UntilExit ? pending.Principal.Container : null);

    /// <summary>Puts a grant in force; null once it is on disk, else why it is not.</summary>
    public async Task<string?> AddAsync(Grant grant)
    {
        if (await _grants.AddAsync(grant) is { } why)
        {
            NotKept(grant);
            return why;
        }

        Made(grant);
        return null;
    }

    /// <summary>Puts on record that a grant which a verdict names never came into force.</summary>
    public void NotKept(Grant grant) => Record(grant, "not kept"u8);

    /// <summary>Puts in force what the disk holds, as far as it still stands; null, or why there is none. Once, first of all.</summary>
    public string? Load(GrantLoadTerms terms)
    {
        try
        {
            _grants.Load(terms);
        }
        catch (GrantStoreException e)
        {
            _unreadable = e.Message;
        }

        WatchAll();
        return _unreadable;
    }

    /// <summary>Ends grants that nobody is on record to have given.</summary>
    public void EndUnrecorded(IReadOnlyList<RequestId> grants)
    {
        foreach (var id in grants)
        {
            _ = _grants.RevokeAsync(id, GrantEnds.Unrecorded);
        }
    }

    /// <summary>A container is gone: the grants for its life end.</summary>
    public void OnContainerGone(ReadOnlySpan<byte> via, string container)
    {
        foreach (var grant in _book.All.ToArray())
        {
            if (grant.Container == container && via.SequenceEqual(grant.Via))
            {
                _grants.OnExited(grant);
            }
        }
    }

    public Task<string?> StopAsync() => _grants.StopAsync();

    /// <summary>Watches the processes of grants that were read from disk.</summary>
    private void WatchAll()
    {
        foreach (var grant in _book.All.ToArray())
        {
            Watch(grant);
        }
    }

    public Grant? Find(RequestId id) => _book.Find(id);

    public IReadOnlyList<Grant> Page(long after, int limit) => _book.Page(after, limit);

    /// <summary>Takes grants back; null once that is on disk, else why it is not.</summary>
    public Task<string?> RevokeAsync(RequestId id) => _grants.RevokeAsync(id);

    public Task<string?> RevokeAllAsync(string why) => _grants.RevokeAllAsync(why);

    private void Made(Grant grant)
    {
        var data = _hub.Begin("grant_made"u8, grant.Id);
        data.Raw(JsonSerializer.SerializeToUtf8Bytes(GrantJson.Describe(grant), ProtocolJson.Default.GrantItem));
        _hub.End();

        // Last: a process that is gone by now ends the grant at once, and its end is told after its beginning.
        Watch(grant);
    }

    private void Watch(Grant grant)
    {
        if (grant.Process is { } process)
        {
            _exits.Watch(grant.Id, process, () => _grants.OnExited(grant));
        }
    }

    private void OnEnded(Grant grant, string why)
    {
        _exits.Forget(grant.Id);
        var reason = Encoding.ASCII.GetBytes(why);
        Record(grant, reason);
        var data = _hub.Begin("grant_ended"u8, grant.Id);
        data.Raw("{\"why\":"u8);
        data.String(reason);
        data.Raw((byte)'}');
        _hub.End();
    }

    private void Record(Grant grant, ReadOnlySpan<byte> end) =>
        _audit.Begin("grant"u8).Text("grant"u8, Encoding.ASCII.GetBytes(grant.Id.ToString())).Text("ended"u8, end).End();
}
