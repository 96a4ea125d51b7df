using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What handlers did and how they are, told to the person; an ask whose effect failed comes back by itself.</summary>
internal static class HandlerEvents
{
    private static ProtocolJson Shapes => ProtocolJson.Default;

    public static void Apply(InboxTurn turn, ClearanceEvent happened)
    {
        switch (happened.Type)
        {
            case EventType.EffectDone:
                turn.Say(Effect(InboxEvents.Read(happened, Shapes.EffectEvent)), Colour.Good);
                break;
            case EventType.EffectFailed:
                turn.Say(Effect(InboxEvents.Read(happened, Shapes.EffectEvent)), Colour.Bad);
                break;
            case EventType.Shield:
                turn.Say(Shield(InboxEvents.Read(happened, Shapes.ShieldEvent)));
                break;
            case EventType.Handler when InboxEvents.Read(happened, Shapes.HandlerEvent) is var handler:
                turn.Say(Handler(handler), HandlerWords.ColourOf(handler.State));
                break;
        }
    }

    public static SafeText Effect(EffectEvent effect) => effect.Failure is { } failure
        ? SafeText.Of($"{effect.Outcome}, but {effect.Handler} failed: {HandlerWords.Failure(failure)}")
        : SafeText.Of($"{effect.Outcome}, carried out by {effect.Handler}");

    public static SafeText Shield(ShieldEvent shield) => SafeText.Of($"{shield.Handler}: {shield.Kind} {shield.Container}{Because(shield.Reason)}");

    public static SafeText Handler(HandlerEvent handler) => SafeText.Of($"handler {handler.Name}: {HandlerWords.State(handler.State)}");

    private static string Because(string? reason) => reason is null ? "" : ": " + reason;
}
