using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What each thing that happens makes of an inbox. It reads no clock and does nothing itself: what is to be done comes back as effects.</summary>
internal static class InboxUpdate
{
    public static List<InboxEffect> Apply(InboxState state, InboxInput input, InboxMoment now)
    {
        var turn = new InboxTurn(state, now);
        switch (input)
        {
            case InboxInput.Pressed pressed:
                InboxKeys.Press(turn, pressed.Key);
                break;
            case InboxInput.Happened happened:
                InboxEvents.Apply(turn, happened.Event);
                break;
            case InboxInput.Resized resized:
                (state.Width, state.Height) = (resized.Width, resized.Height);
                turn.Effects.Add(new InboxEffect.Redraw());
                break;
            case InboxInput.Connected connected:
                Connect(turn, connected.Resumed);
                break;
            case InboxInput.Away away:
                (state.Connection, state.AwayBecause) = (InboxConnection.Away, away.Why);
                break;
            case InboxInput.Ending ending:
                turn.Effects.Add(new InboxEffect.Quit(ending.ExitCode, ending.Why));
                break;
            case InboxInput.Suspended:
                turn.Guard();
                turn.Effects.Add(new InboxEffect.Suspend());
                break;
            case InboxInput.Continued:
                turn.Guard();
                turn.Effects.Add(new InboxEffect.Resume());
                break;
            default:
                Results(turn, input);
                break;
        }

        return turn.Effects;
    }

    /// <summary>Notes what the frame that was just written showed.</summary>
    public static void Drawn(InboxState state)
    {
        if (state.IsTooSmall || state.Shown is not { } ask || state.Mode is InboxMode.Helping)
        {
            state.OnScreen = null;
            return;
        }

        state.OnScreen = (ask.Item.Id, ask.Item.Digest);
        var layout = InboxLayout.Of(state);
        var detail = ask.Detail(state.Width);
        var first = ask.FirstRow(state.Width, layout.DetailRows);
        if (first <= ask.SeenTo)
        {
            ask.SeenTo = Math.Max(ask.SeenTo, first + layout.DetailRows);
        }

        ask.IsRead |= ask.SeenTo >= detail.AskedEnd;
    }

    private static void Connect(InboxTurn turn, bool resumed)
    {
        if (resumed)
        {
            turn.State.Connection = InboxConnection.Connected;
        }
        else
        {
            InboxEvents.BeginSnapshot(turn.State);
        }
    }

    private static void Results(InboxTurn turn, InboxInput input)
    {
        switch (input)
        {
            case InboxInput.Decided decided:
                Decided(turn, decided);
                break;
            case InboxInput.NotDecided refused:
                NotDecided(turn, refused);
                break;
            case InboxInput.Revoked revoked:
                turn.State.Undo.Remove(revoked.Grant);
                turn.Say($"taken back: {revoked.Grant.What}", Colour.Good);
                break;
            case InboxInput.LockdownSet set:
                turn.State.Lockdown = set.Result.State;
                turn.Say(set.Result.State.On
                    ? SafeText.Of($"lockdown: {set.Result.Denied} asks denied, {set.Result.Revoked} grants revoked")
                    : SafeText.Of($"lockdown is lifted"));
                break;
            case InboxInput.Failed failed:
                turn.Say($"{failed.Why}", Colour.Bad);
                break;
        }
    }

    private static void Decided(InboxTurn turn, InboxInput.Decided decided)
    {
        var result = decided.Result;
        var what = decided.What;
        if (result.Grant is not { } grant)
        {
            turn.Say($"{result.Outcome}: {what}", ColourOf(result.Outcome));
            return;
        }

        turn.State.Undo.Add(new InboxGrant(grant.Id, SafeText.Of($"{grant.Verdict} {AskWords.Scope(grant.Scope)} of {what}")));
        if (turn.State.Undo.Count > InboxLimits.Undos)
        {
            turn.State.Undo.RemoveAt(0);
        }

        turn.Say($"{result.Outcome} {AskWords.Scope(grant.Scope)}, u takes it back: {what}", ColourOf(result.Outcome));
    }

    private static void NotDecided(InboxTurn turn, InboxInput.NotDecided refused)
    {
        if (turn.State.Find(refused.Id) is { } ask)
        {
            (ask.IsSending, ask.Notice) = (false, SafeText.Of($"{refused.Why}"));
        }

        turn.Say($"{refused.Why}", Colour.Bad);
    }

    private static Colour ColourOf(string outcome) => outcome == AskOutcome.Allowed ? Colour.Good : Colour.Bad;
}
