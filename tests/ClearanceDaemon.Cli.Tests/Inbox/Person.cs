using System.Text.Json;
using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Someone before an inbox without a terminal or a daemon: sees each frame, presses keys, and time passes when told.</summary>
internal sealed class Person
{
    private long _steady = 1_000_000;
    private long _seq;

    public Person(int width = 80, int height = 24, bool answers = true)
    {
        State = new InboxState { Width = width, Height = height, Answers = answers };
        See();
    }

    public InboxState State { get; }

    /// <summary>What the inbox wanted done, but for flushes and redraws.</summary>
    public List<InboxEffect> Effects { get; } = [];

    public int Flushes { get; private set; }

    /// <summary>How far our wall clock is off from the daemon's.</summary>
    public long WallError { get; set; }

    public long Passed { get; private set; }

    public InboxMoment Now => new(Some.Start + Passed + WallError, _steady + Passed);

    public string Screen => InboxView.Draw(State, Now).ToString();

    /// <summary>Connected, with these asks waiting, all keys free.</summary>
    public static Person Before(params PendingItem[] asks)
    {
        var person = new Person();
        person.Start(asks);
        return person;
    }

    public void Start(params PendingItem[] asks)
    {
        Apply(new InboxInput.Connected(Resumed: false));
        foreach (var ask in asks)
        {
            Event(EventType.Asked, ask.Id, Some.Json(ask));
        }

        Event(EventType.SnapshotEnd, null, Some.SnapshotEnd());
        Wait(InboxLimits.KeyGuard);
    }

    public void Event(string type, string? id, string data) => Apply(new InboxInput.Happened(new ClearanceEvent
    {
        Seq = ++_seq,
        Epoch = Some.Epoch,
        Time = Some.Time(Passed),
        Type = type,
        Id = id,
        Data = JsonDocument.Parse(data).RootElement,
    }));

    public void Ask(PendingItem item) => Event(EventType.Asked, item.Id, Some.Json(item));

    public void End(PendingItem item, string outcome = "timed_out", string by = "default") =>
        Event(EventType.Decided, item.Id, $$"""{"outcome":"{{outcome}}","by":"{{by}}"}""");

    public void Wait(long milliseconds)
    {
        Passed += milliseconds;
        See();
    }

    /// <summary>Presses one key after the other, each as a character, looking at the screen in between.</summary>
    public void Type(string keys)
    {
        foreach (var rune in keys.EnumerateRunes())
        {
            Press(new InboxKey(InboxKeyKind.Character, rune));
        }
    }

    public void Press(InboxKeyKind kind) => Press(new InboxKey(kind));

    public void Press(InboxKey key) => Apply(new InboxInput.Pressed(key));

    public void Apply(InboxInput input)
    {
        ApplyUnseen(input);
        See();
    }

    /// <summary>Without a look at the screen after it.</summary>
    public void ApplyUnseen(InboxInput input)
    {
        foreach (var effect in InboxUpdate.Apply(State, input, Now))
        {
            if (effect is InboxEffect.FlushKeys)
            {
                Flushes++;
            }
            else if (effect is not InboxEffect.Redraw)
            {
                Effects.Add(effect);
            }
        }
    }

    /// <summary>The verdict that was the only thing wanted; forgotten after that.</summary>
    public DecideParams Verdict()
    {
        var verdict = Assert.IsType<InboxEffect.Decide>(Assert.Single(Effects)).Verdict;
        Effects.Clear();
        return verdict;
    }

    /// <summary>The bytes of the frame, with colours.</summary>
    public string Frame(bool hasColours = true) => InboxFrame.Of(InboxView.Draw(State, Now), hasColours);

    private void See()
    {
        _ = InboxView.Draw(State, Now);
        InboxUpdate.Drawn(State);
    }
}
