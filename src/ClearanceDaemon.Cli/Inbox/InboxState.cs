using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>All that an inbox knows. <see cref="InboxUpdate"/> changes it, <see cref="InboxView"/> shows it; neither touches anything else.</summary>
internal sealed class InboxState
{
    private readonly Dictionary<string, InboxAsk> _byId = new(StringComparer.Ordinal);
    private readonly List<InboxAsk> _asks = [];

    public int Width { get; set; } = 80;

    public int Height { get; set; } = 24;

    /// <summary>False: this inbox does not count as an operator.</summary>
    public bool Answers { get; init; } = true;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<InboxAsk> Asks => _asks;

    /// <summary>What the filter lets through.</summary>
    public IReadOnlyList<InboxAsk> Visible => Filter.Length == 0 ? _asks : _asks.FindAll(ask => InboxFilter.Matches(ask.Item, Filter));

    public InboxAsk? Selected { get; set; }

    /// <summary>The ask whose detail is shown: a dialog's own, else the selected one.</summary>
    public InboxAsk? Shown => Mode.Target ?? Selected;

    public string Filter { get; set; } = "";

    public InboxMode Mode { get; set; } = new InboxMode.Browsing();

    public InboxConnection Connection { get; set; }

    /// <summary>Why the daemon is away.</summary>
    public string AwayBecause { get; set; } = "";

    /// <summary>Subscribers that answer.</summary>
    public int Present { get; set; }

    public LockdownState? Lockdown { get; set; }

    public InboxMessage? Message { get; set; }

    public List<InboxGrant> Undo { get; } = [];

    /// <summary>Deciding keys do nothing before the steady clock reaches this.</summary>
    public long GuardUntil { get; set; }

    /// <summary>Id and digest of the ask that the last frame showed: only that one can be decided.</summary>
    public (string Id, string Digest)? OnScreen { get; set; }

    /// <summary>Milliseconds the daemon's clock is ahead of ours.</summary>
    public long? Skew { get; set; }

    public bool IsTooSmall => Width < InboxLimits.MinWidth || Height < InboxLimits.MinHeight;

    /// <summary>Milliseconds since 1970 as the daemon would say.</summary>
    public long DaemonTime(InboxMoment now) => now.Wall + (Skew ?? 0);

    public bool IsExpired(InboxAsk ask, InboxMoment now) => DaemonTime(now) >= ask.Deadline;

    public InboxAsk? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public InboxAsk Add(PendingItem item)
    {
        var ask = new InboxAsk(item);
        _byId.Add(item.Id, ask);
        _asks.Add(ask);
        return ask;
    }

    public void Remove(InboxAsk ask)
    {
        _byId.Remove(ask.Item.Id);
        _asks.Remove(ask);
    }
}
