using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One event on one line, whole: <c>TIME TYPE ID …</c>, what an asker wrote always last.</summary>
internal static class EventLine
{
    private static ProtocolJson Shapes => ProtocolJson.Default;

    public static SafeText Of(ClearanceEvent happened)
    {
        var id = happened.Id is null ? SafeText.None : SafeText.Of($" {happened.Id}");
        try
        {
            return SafeText.Of($"{happened.Time} {happened.Type}{id}{Data(happened)}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return SafeText.Of($"{happened.Time} {happened.Type}{id} is of a shape not known here: are both of one version?");
        }
    }

    private static SafeText Data(ClearanceEvent happened) => happened.Type switch
    {
        EventType.Asked => Asked(Read(happened, Shapes.PendingItem)),
        EventType.AskedAgain when Read(happened, Shapes.AskedAgainEvent) is var again => SafeText.Of($" ×{again.Times}, {again.Waiting} waiting"),
        EventType.Decided when Read(happened, Shapes.DecidedEvent) is var decided => SafeText.Of($" {decided.Outcome} by {decided.By}{Because(decided.Reason)}"),
        EventType.SnapshotEnd when Read(happened, Shapes.SnapshotEndEvent) is var end => SafeText.Of($" {end.Present} operators{Lockdown(end.Lockdown)}"),
        EventType.GrantMade when Read(happened, Shapes.GrantItem) is var grant =>
            SafeText.Of($" {grant.Verdict} {AskWords.Scope(grant.Scope)} via {grant.Subject.Via}{Until(grant.Expires)}"),
        EventType.GrantEnded => SafeText.Of($" {Read(happened, Shapes.GrantEndedEvent).Why}"),
        EventType.Lockdown when Read(happened, Shapes.LockdownState) is var state => state.On ? Lockdown(state) : SafeText.Of($" lifted"),
        EventType.Operators => SafeText.Of($" {Read(happened, Shapes.OperatorsEvent).Present} present"),
        EventType.EffectDone or EventType.EffectFailed => SafeText.Of($" {HandlerEvents.Effect(Read(happened, Shapes.EffectEvent))}"),
        EventType.Shield => SafeText.Of($" {HandlerEvents.Shield(Read(happened, Shapes.ShieldEvent))}"),
        EventType.Handler when Read(happened, Shapes.HandlerEvent) is var handler => SafeText.Of($" {handler.Name} {HandlerWords.State(handler.State)}"),
        EventType.Rules when Read(happened, Shapes.RulesEvent) is var rules => SafeText.Of($" {rules.State}, {rules.Count} in force"),
        _ => SafeText.None,
    };

    private static T Read<T>(ClearanceEvent happened, JsonTypeInfo<T> shape) =>
        happened.Data.Deserialize(shape) ?? throw new JsonException("The data is null.");

    private static SafeText Asked(PendingItem item)
    {
        var facts = item.Verified;
        var pid = facts.Pid is { } number ? SafeText.Of($" pid {number}") : SafeText.None;
        var failed = item.Failed is { } effect ? SafeText.Of($" FAILED at {effect.Time}") : SafeText.None;
        var text = new StringBuilder(item.Ask.Action);
        Append(text, " ", item.Ask.Resource);
        foreach (var (name, value) in item.Ask.Details ?? [])
        {
            Append(text, " ", $"{name}={DetailValue.Of(value)}");
        }

        for (var i = 0; i < item.Ask.Argv?.Length; i++)
        {
            Append(text, i == 0 ? " -- " : " ", DetailValue.Of(item.Ask.Argv[i]));
        }

        Append(text, " title: ", item.Claimed.Title);
        Append(text, " reason: ", item.Claimed.Reason);
        Append(text, " project: ", item.Claimed.Project);
        Append(text, " container: ", item.Observed.Container);
        var clean = DisplayText.Clean(text.ToString());
        return SafeText.Of($" until {item.Deadline} via {facts.Via} uid {facts.Uid}{pid}{failed}{(clean.Changed ? " [cleaned]" : "")}: {clean.Text}");
    }

    private static void Append(StringBuilder text, string before, string? value)
    {
        if (value is not null)
        {
            text.Append(before).Append(value);
        }
    }

    private static SafeText Because(string? reason) => reason is null ? SafeText.None : SafeText.Of($": {reason}");

    private static SafeText Until(string? expires) => expires is null ? SafeText.None : SafeText.Of($" until {expires}");

    private static SafeText Lockdown(LockdownState state) => state.On ? SafeText.Of($" LOCKDOWN{Because(state.Reason)}") : SafeText.None;
}
