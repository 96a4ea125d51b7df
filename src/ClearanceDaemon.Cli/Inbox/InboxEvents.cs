using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What the daemon's events make of an inbox.</summary>
internal static class InboxEvents
{
    private static ProtocolJson Shapes => ProtocolJson.Default;

    public static void Apply(InboxTurn turn, ClearanceEvent happened)
    {
        LearnTime(turn, happened.Time);
        try
        {
            Dispatch(turn, happened);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair surfaces as InvalidOperationException.
            turn.Say($"event {happened.Type} is of a shape not known here: are both of one version?", Colour.Bad);
        }
    }

    /// <summary>From here on only what the snapshot confirms is still pending.</summary>
    public static void BeginSnapshot(InboxState state)
    {
        state.Connection = InboxConnection.Filling;
        state.Skew = null;
        foreach (var ask in state.Asks)
        {
            ask.IsFresh = false;
        }
    }

    private static void Dispatch(InboxTurn turn, ClearanceEvent happened)
    {
        var state = turn.State;
        switch (happened.Type)
        {
            case EventType.Asked:
                Asked(turn, Read(happened, Shapes.PendingItem));
                break;
            case EventType.AskedAgain when state.Find(happened.Id) is { } ask:
                var again = Read(happened, Shapes.AskedAgainEvent);
                ask.Item = ask.Item with { Times = again.Times, Waiting = again.Waiting };
                break;
            case EventType.Decided when state.Find(happened.Id) is { } ask:
                Decided(turn, ask, Read(happened, Shapes.DecidedEvent));
                break;
            case EventType.SnapshotEnd:
                EndSnapshot(turn, Read(happened, Shapes.SnapshotEndEvent));
                break;
            case EventType.Lost:
                BeginSnapshot(state);
                break;
            case EventType.GrantEnded:
                state.Undo.RemoveAll(grant => grant.Id == happened.Id);
                break;
            case EventType.Lockdown:
                state.Lockdown = Read(happened, Shapes.LockdownState);
                break;
            case EventType.Operators:
                state.Present = Read(happened, Shapes.OperatorsEvent).Present;
                break;
            case EventType.EffectDone or EventType.EffectFailed or EventType.Shield or EventType.Handler:
                HandlerEvents.Apply(turn, happened);
                break;
            case EventType.Rules:
                var rules = Read(happened, Shapes.RulesEvent);
                turn.Say($"other rules are in force: {rules.Count}, {rules.State}");
                break;
        }
    }

    internal static T Read<T>(ClearanceEvent happened, JsonTypeInfo<T> shape) =>
        happened.Data.Deserialize(shape) ?? throw new JsonException("The data is null.");

    /// <summary>The clock that deadlines are of. Events come late, never early, so the greatest lead is the true one.</summary>
    private static void LearnTime(InboxTurn turn, string time)
    {
        if (Timestamp.TryParse(time, out var theirs))
        {
            turn.State.Skew = Math.Max(turn.State.Skew ?? long.MinValue, theirs - turn.Now.Wall);
        }
    }

    private static void Asked(InboxTurn turn, PendingItem item)
    {
        var state = turn.State;
        if (state.Find(item.Id) is not { } ask)
        {
            ask = state.Add(item);
        }
        else if (ask.Item.Digest != item.Digest || ask.Item.Failed != item.Failed)
        {
            // A verdict that failed is over: another one may be given.
            ask.IsSending &= ask.Item.Failed == item.Failed;
            ask.Item = item;
            if (state.Shown == ask)
            {
                turn.Guard();
            }
        }
        else
        {
            ask.Item = item;
        }

        ask.IsFresh = true;
        if (state.Selected is null)
        {
            Selection.MoveByItself(turn, 0);
        }
    }

    private static void Decided(InboxTurn turn, InboxAsk ask, DecidedEvent decided)
    {
        ask.Ended = SafeText.Of($"{decided.Outcome}");
        Remove(turn, ask);
        var why = decided.Reason is null ? SafeText.None : SafeText.Of($" ({decided.Reason})");

        // What this inbox decided itself is told by the answer, which knows of the grant.
        if (!ask.IsSending)
        {
            turn.Say($"{decided.Outcome} by {decided.By}{why}: {AskWords.Of(ask.Item)}");
        }
    }

    private static void EndSnapshot(InboxTurn turn, SnapshotEndEvent end)
    {
        var state = turn.State;
        (state.Connection, state.Present, state.Lockdown) = (InboxConnection.Connected, end.Present, end.Lockdown);
        for (var i = state.Asks.Count - 1; i >= 0; i--)
        {
            if (state.Asks[i] is { IsFresh: false } ask)
            {
                ask.Ended = SafeText.Of($"while the daemon was away");
                Remove(turn, ask);
            }
        }
    }

    private static void Remove(InboxTurn turn, InboxAsk ask)
    {
        var state = turn.State;
        var index = state.Selected == ask ? Selection.IndexOf(state, ask) : -1;
        state.Remove(ask);
        if (state.Shown == ask)
        {
            turn.Guard();
        }

        if (index >= 0)
        {
            Selection.MoveByItself(turn, index);
        }
    }
}
