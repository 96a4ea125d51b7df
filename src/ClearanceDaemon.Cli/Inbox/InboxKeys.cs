using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What keys do in the list; dialogs have their own (<see cref="DialogKeys"/>).</summary>
internal static class InboxKeys
{
    public const string LockWord = "lockdown";
    public const string LiftWord = "lift";

    public static void Press(InboxTurn turn, InboxKey key)
    {
        switch (key.Kind)
        {
            case InboxKeyKind.Interrupt:
                turn.Effects.Add(new InboxEffect.Quit(ExitCodes.Interrupted, null));
                break;
            case InboxKeyKind.Suspend:
                turn.Guard();
                turn.Effects.Add(new InboxEffect.Suspend());
                break;
            case InboxKeyKind.Redraw:
                turn.Effects.Add(new InboxEffect.Redraw());
                break;
            case InboxKeyKind.PageUp or InboxKeyKind.PageDown:
                Scroll(turn.State, key.Kind == InboxKeyKind.PageDown ? 1 : -1);
                break;
            case var _ when turn.State.Mode is not InboxMode.Browsing:
                DialogKeys.Press(turn, key);
                break;
            default:
                Browse(turn, key);
                break;
        }
    }

    private static void Browse(InboxTurn turn, InboxKey key)
    {
        var state = turn.State;
        switch (key)
        {
            case { Kind: InboxKeyKind.Up } or { Kind: InboxKeyKind.Character, Rune.Value: 'k' }:
                Selection.Move(state, -1);
                break;
            case { Kind: InboxKeyKind.Down } or { Kind: InboxKeyKind.Character, Rune.Value: 'j' }:
                Selection.Move(state, 1);
                break;
            case { Kind: InboxKeyKind.Home }:
                Selection.Move(state, -state.Asks.Count);
                break;
            case { Kind: InboxKeyKind.End }:
                Selection.Move(state, state.Asks.Count);
                break;
            case { Kind: InboxKeyKind.Character, Rune.Value: 'q' }:
                turn.Effects.Add(new InboxEffect.Quit(ExitCodes.Ok, null));
                break;
            case { Kind: InboxKeyKind.Character, Rune.Value: '?' }:
                state.Mode = new InboxMode.Helping();
                break;
            case { Kind: InboxKeyKind.Character, Rune.Value: '/' }:
                state.Mode = new InboxMode.Filtering(new LineEditor(DialogKeys.FilterBytes, state.Filter));
                break;
            case { Kind: InboxKeyKind.Escape } when state.Filter.Length > 0:
                state.Filter = "";
                Selection.Refilter(state);
                break;
            case { Kind: InboxKeyKind.Character } when Verdicts.MayPress(turn):
                Deciding(turn, key);
                break;
        }
    }

    private static void Deciding(InboxTurn turn, InboxKey key)
    {
        switch (key.Rune.Value)
        {
            case 'u':
                Undo(turn);
                break;
            case 'L':
                AskForLockdown(turn);
                break;
            case 'a' or 'A' or 'd' or 'D' when turn.State.Selected is { } ask:
                Decide(turn, ask, (char)key.Rune.Value);
                break;
        }
    }

    private static void Decide(InboxTurn turn, InboxAsk ask, char key)
    {
        switch (key)
        {
            case 'a' when !AllowChoice.Offers(ask.Item, ScopeKind.Once):
                turn.Say($"this ask cannot be allowed just once; A shows for how long", Colour.Doubtful);
                break;
            case 'a':
                Verdicts.Allow(turn, ask, new GrantScope { Kind = ScopeKind.Once }, bind: null);
                break;
            case 'd':
                Verdicts.Deny(turn, ask, reason: null);
                break;
            case 'A' when Verdicts.CanDecide(turn, ask, allow: true):
                turn.State.Mode = new InboxMode.Allowing(new AllowMenu(ask));
                break;
            case 'D' when Verdicts.CanDecide(turn, ask, allow: false):
                turn.State.Mode = new InboxMode.Denying(ask, new LineEditor(Protocol.ProtocolLimits.ReasonBytes));
                break;
        }
    }

    private static void Undo(InboxTurn turn)
    {
        if (turn.State.Undo is [.., var last])
        {
            turn.Effects.Add(new InboxEffect.Revoke(last));
        }
        else
        {
            turn.Say($"nothing to take back: no grant was made here, and what was allowed once is done");
        }
    }

    private static void AskForLockdown(InboxTurn turn)
    {
        var on = turn.State.Lockdown is not { On: true };
        var word = on ? LockWord : LiftWord;
        turn.State.Mode = new InboxMode.ConfirmingLockdown(new LineEditor(DialogKeys.FilterBytes), on, word);
    }

    private static void Scroll(InboxState state, int pages)
    {
        if (state.Shown is { } ask)
        {
            var rows = InboxLayout.Of(state).DetailRows;
            ask.Scroll = ask.FirstRow(state.Width, rows) + (pages * Math.Max(1, rows - 1));
            ask.Scroll = ask.FirstRow(state.Width, rows);
        }
    }
}
