using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The one way from a key to a verdict: only on the ask that was on screen, in time, read through, and not while keys are guarded.</summary>
internal static class Verdicts
{
    /// <summary>True when a deciding key counts. One that does not starts the guard again: whoever pressed it is still typing.</summary>
    public static bool MayPress(InboxTurn turn)
    {
        if (turn.Now.Steady >= turn.State.GuardUntil)
        {
            return true;
        }

        turn.State.GuardUntil = turn.Now.Steady + InboxLimits.KeyGuard;
        return false;
    }

    /// <returns>False, with a message, where the ask takes no verdict; for an allow also where it was not read through.</returns>
    public static bool CanDecide(InboxTurn turn, InboxAsk ask, bool allow)
    {
        var obstacle = Obstacle(turn, ask, allow);
        if (obstacle.Length > 0)
        {
            turn.Say($"{obstacle}", Colour.Doubtful);
        }

        return obstacle.Length == 0;
    }

    public static void Allow(InboxTurn turn, InboxAsk ask, GrantScope scope, string[]? bind)
    {
        if (CanDecide(turn, ask, allow: true))
        {
            Send(turn, ask, new DecideParams { Id = ask.Item.Id, Digest = ask.Item.Digest, Verdict = VerdictWord.Allow, Scope = scope, Bind = bind });
        }
    }

    public static void Deny(InboxTurn turn, InboxAsk ask, string? reason)
    {
        if (CanDecide(turn, ask, allow: false))
        {
            Send(turn, ask, new DecideParams { Id = ask.Item.Id, Digest = ask.Item.Digest, Verdict = VerdictWord.Deny, Reason = reason });
        }
    }

    private static void Send(InboxTurn turn, InboxAsk ask, DecideParams verdict)
    {
        ask.IsSending = true;
        ask.Notice = SafeText.None;
        turn.Effects.Add(new InboxEffect.Decide(verdict, AskWords.Of(ask.Item)));
    }

    private static SafeText Obstacle(InboxTurn turn, InboxAsk ask, bool allow)
    {
        var state = turn.State;
        if (ask.Ended.Length > 0)
        {
            return SafeText.Of($"this ask has ended: {ask.Ended}");
        }

        if (state.Connection == InboxConnection.Away)
        {
            return SafeText.Of($"the daemon is away; nothing can be decided until it is back");
        }

        if (state.OnScreen != (ask.Item.Id, ask.Item.Digest))
        {
            return SafeText.Of($"this ask was not on screen yet; look at it, then press the key again");
        }

        if (ask.IsSending)
        {
            return SafeText.Of($"a verdict on this ask is on its way");
        }

        if (state.IsExpired(ask, turn.Now))
        {
            return SafeText.Of($"its deadline has passed; it takes no verdict");
        }

        return allow && !ask.IsRead
            ? SafeText.Of($"what is asked does not fit the pane: read it through with PgDn, then allow it")
            : SafeText.None;
    }
}
