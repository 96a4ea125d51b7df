using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One ask in the inbox: what the daemon says of it, how much of it the person has seen, and what became of a verdict on it.</summary>
internal sealed class InboxAsk
{
    private PendingDetail? _detail;

    public InboxAsk(PendingItem item) => Item = item;

    public PendingItem Item
    {
        get;
        set
        {
            // Another digest is another thing to read.
            if (field is not null && field.Digest != value.Digest)
            {
                (IsRead, SeenTo, Scroll) = (false, 0, 0);
            }

            field = value;
            _detail = null;
            Asked = Timestamp.TryParse(value.Asked, out var asked) ? asked : 0;
            Deadline = Timestamp.TryParse(value.Deadline, out var deadline) ? deadline : 0;
        }
    }

    /// <summary>Milliseconds since 1970 by the daemon's clock.</summary>
    public long Asked { get; private set; }

    /// <summary>Likewise. One that cannot be read counts as passed.</summary>
    public long Deadline { get; private set; }

    /// <summary>True while a verdict is on its way.</summary>
    public bool IsSending { get; set; }

    /// <summary>What came of a verdict that was refused.</summary>
    public SafeText Notice
    {
        get;
        set
        {
            // It is shown above all else and moves the rest.
            (field, _detail, SeenTo, Scroll) = (value, null, 0, 0);
        }
    }

    /// <summary>How the ask ended; empty while it waits.</summary>
    public SafeText Ended { get; set; }

    /// <summary>True when the snapshot that is coming in has confirmed it.</summary>
    public bool IsFresh { get; set; } = true;

    /// <summary>The first row of the detail that the person scrolled to.</summary>
    public int Scroll { get; set; }

    /// <summary>Rows of the detail that were on screen, from the first on without a gap.</summary>
    public int SeenTo { get; set; }

    /// <summary>True once all of what is asked was on screen.</summary>
    public bool IsRead { get; set; }

    /// <summary>The first row of the detail that a pane of this size shows.</summary>
    public int FirstRow(int width, int rows) => Math.Clamp(Scroll, 0, Math.Max(0, Detail(width).Rows.Count - rows));

    /// <summary>The detail for a pane of this width.</summary>
    public PendingDetail Detail(int width)
    {
        if (_detail is null || _detail.Width != width)
        {
            if (_detail is not null && !IsRead)
            {
                SeenTo = 0;
            }

            _detail = new PendingDetail(Item, Notice, width);
        }

        return _detail;
    }
}
