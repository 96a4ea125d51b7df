using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What keys do while something is typed or chosen.</summary>
internal static class DialogKeys
{
    /// <summary>The longest filter.</summary>
    public const int FilterBytes = 200;

    public static void Press(InboxTurn turn, InboxKey key)
    {
        if (key.Kind == InboxKeyKind.Escape || (turn.State.Mode.Target is { Ended.Length: > 0 } && key.Kind == InboxKeyKind.Enter))
        {
            Leave(turn);
            return;
        }

        switch (turn.State.Mode)
        {
            case InboxMode.Helping:
                turn.State.Mode = new InboxMode.Browsing();
                break;
            case InboxMode.Filtering filtering:
                Filter(turn.State, filtering.Editor, key);
                break;
            case InboxMode.ConfirmingLockdown confirming:
                Lockdown(turn, confirming, key);
                break;
            case InboxMode.Denying denying:
                Deny(turn, denying, key);
                break;
            case InboxMode.Allowing allowing:
                Allow(turn, allowing.Menu, key);
                break;
        }
    }

    private static void Leave(InboxTurn turn)
    {
        // The ask the dialog was about is gone: what is under the cursor now was put there by nobody.
        var guard = turn.State.Mode.Target is { Ended.Length: > 0 };
        if (turn.State.Mode is InboxMode.Filtering)
        {
            turn.State.Filter = "";
            Selection.Refilter(turn.State);
        }

        turn.State.Mode = new InboxMode.Browsing();
        if (guard)
        {
            turn.Guard();
        }
    }

    private static void Filter(InboxState state, LineEditor editor, InboxKey key)
    {
        if (key.Kind == InboxKeyKind.Enter)
        {
            state.Mode = new InboxMode.Browsing();
            return;
        }

        editor.Press(key);
        state.Filter = editor.Text;
        Selection.Refilter(state);
    }

    private static void Lockdown(InboxTurn turn, InboxMode.ConfirmingLockdown confirming, InboxKey key)
    {
        if (key.Kind != InboxKeyKind.Enter)
        {
            confirming.Editor.Press(key);
            return;
        }

        turn.State.Mode = new InboxMode.Browsing();
        if (confirming.Editor.Text == confirming.Word)
        {
            turn.Effects.Add(new InboxEffect.SetLockdown(confirming.On));
        }
        else
        {
            turn.Say($"nothing was changed: the word is \"{confirming.Word}\"", Colour.Doubtful);
        }
    }

    private static void Deny(InboxTurn turn, InboxMode.Denying denying, InboxKey key)
    {
        if (key.Kind != InboxKeyKind.Enter)
        {
            denying.Editor.Press(key);
        }
        else if (Verdicts.MayPress(turn))
        {
            var reason = denying.Editor.Text.Trim();
            Verdicts.Deny(turn, denying.Ask, reason.Length == 0 ? null : reason);
            turn.State.Mode = new InboxMode.Browsing();
        }
    }

    private static void Allow(InboxTurn turn, AllowMenu menu, InboxKey key)
    {
        switch (key)
        {
            case { Kind: InboxKeyKind.Left } or { Kind: InboxKeyKind.Character, Rune.Value: 'h' }:
                menu.MoveChoice(-1);
                break;
            case { Kind: InboxKeyKind.Right or InboxKeyKind.Tab } or { Kind: InboxKeyKind.Character, Rune.Value: 'l' }:
                menu.MoveChoice(1);
                break;
            case { Kind: InboxKeyKind.Up } or { Kind: InboxKeyKind.Character, Rune.Value: 'k' }:
                menu.MoveRow(-1);
                break;
            case { Kind: InboxKeyKind.Down } or { Kind: InboxKeyKind.Character, Rune.Value: 'j' }:
                menu.MoveRow(1);
                break;
            case { Kind: InboxKeyKind.Character, Rune.Value: ' ' }:
                Toggle(turn, menu);
                break;
            case { Kind: InboxKeyKind.Character, Rune.Value: >= '0' and <= '9' and var digit }:
                menu.TypeDigit(digit - '0');
                break;
            case { Kind: InboxKeyKind.Backspace }:
                menu.EraseDigit();
                break;
            case { Kind: InboxKeyKind.Enter } when Verdicts.MayPress(turn):
                Confirm(turn, menu);
                break;
        }
    }

    private static void Toggle(InboxTurn turn, AllowMenu menu)
    {
        if (!menu.Toggle())
        {
            turn.Say($"{menu.Rows[menu.Row].Name} is always bound", Colour.Doubtful);
        }
    }

    private static void Confirm(InboxTurn turn, AllowMenu menu)
    {
        if (menu.Choices.Length == 0)
        {
            turn.Say($"its rule offers no scope: it can only be denied", Colour.Doubtful);
            return;
        }

        var choice = menu.Choices[menu.Choice];
        if (choice.Kind == ScopeKind.Uses && menu.Uses == 0)
        {
            turn.Say($"type how many further asks it is for", Colour.Doubtful);
            return;
        }

        Verdicts.Allow(turn, menu.Ask, choice.Scope(menu.Uses), menu.IsOnce ? null : menu.Bind());
        turn.State.Mode = new InboxMode.Browsing();
    }
}
