using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One step of an inbox: the state it changes, the time, and the effects it gathers.</summary>
internal sealed record InboxTurn(InboxState State, InboxMoment Now)
{
    public List<InboxEffect> Effects { get; } = [];

    public void Say(SafeTextHandler text, Colour? colour = null) =>
        State.Message = new InboxMessage(SafeText.Of(text), colour, Now.Steady + InboxLimits.MessageStays);

    public void Say(SafeText text, Colour? colour = null) => Say($"{text}", colour);

    /// <summary>Something came under the cursor that the person did not put there: what is being typed is not meant for it.</summary>
    public void Guard()
    {
        State.GuardUntil = Now.Steady + InboxLimits.KeyGuard;
        if (State.Mode is InboxMode.Browsing)
        {
            Effects.Add(new InboxEffect.FlushKeys());
        }
    }
}
