using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The choice of a scope, and of what the grant is bound to: all that was shown, unless the person loosens it.</summary>
internal sealed class AllowMenu
{
    /// <summary>A command is what it does: loosened, a grant for one would be a grant for any.</summary>
    private const string CommandDetail = "command";

    private const int UsualUses = 5;
    private readonly AllowBind? _details;
    private readonly List<AllowBind> _single = [];
    private readonly List<AllowBind> _members = [];
    private bool _isTyped;

    public AllowMenu(InboxAsk ask)
    {
        Ask = ask;
        Choices = AllowChoice.Of(ask.Item);
        var asked = ask.Item.Ask;
        _members.Add(new AllowBind(BindMember.Action, IsFixed: true));
        AddWhere(asked.Resource is not null, BindMember.Resource);
        if (asked.Details is { Count: > 0 } details)
        {
            _details = new AllowBind(BindMember.Details, IsFixed: false);
            _members.Add(_details);
            foreach (var name in details.Keys)
            {
                _single.Add(new AllowBind($"{BindMember.Details}.{name}", IsFixed: name == CommandDetail));
            }
        }

        AddWhere(asked.Argv is not null, BindMember.Argv, isFixed: true);
        AddWhere(ask.Item.Claimed.Project is not null, BindMember.Project);
    }

    public InboxAsk Ask { get; }

    public AllowChoice[] Choices { get; }

    public int Choice { get; private set; }

    /// <summary>How many further asks, for the scope of that kind.</summary>
    public int Uses { get; private set; } = UsualUses;

    /// <summary>The row of <see cref="Rows"/> that the space bar changes.</summary>
    public int Row { get; private set; }

    /// <summary>The members in order; the single details only while details are not bound as a whole.</summary>
    public IReadOnlyList<AllowBind> Rows
    {
        get
        {
            var rows = new List<AllowBind>(_members);
            if (_details is { IsBound: false })
            {
                rows.InsertRange(rows.IndexOf(_details) + 1, _single);
            }

            return rows;
        }
    }

    /// <summary>Nothing outlives the ask, so there is nothing to bind.</summary>
    public bool IsOnce => Choices.Length > 0 && Choices[Choice].Kind == ScopeKind.Once;

    public string[] Bind()
    {
        var bind = new List<string>();
        foreach (var row in Rows)
        {
            if (row.IsBound)
            {
                bind.Add(row.Name);
            }
        }

        return [.. bind];
    }

    public void MoveChoice(int by) => Choice = Choices.Length == 0 ? 0 : (Choice + by + Choices.Length) % Choices.Length;

    public void MoveRow(int by) => Row = Math.Clamp(Row + by, 0, Rows.Count - 1);

    /// <returns>False where the member is always bound.</returns>
    public bool Toggle()
    {
        var row = Rows[Row];
        row.IsBound = row.IsFixed || !row.IsBound;
        return !row.IsFixed;
    }

    /// <summary>Puts a digit after the number of uses; the first one takes the place of the usual number.</summary>
    public void TypeDigit(int digit)
    {
        var uses = ((_isTyped ? Uses : 0) * 10L) + digit;
        Uses = uses <= ProtocolLimits.GrantUses ? (int)uses : Uses;
        _isTyped = true;
    }

    public void EraseDigit()
    {
        Uses /= 10;
        _isTyped = true;
    }

    private void AddWhere(bool isPresent, string name, bool isFixed = false)
    {
        if (isPresent)
        {
            _members.Add(new AllowBind(name, isFixed));
        }
    }
}
