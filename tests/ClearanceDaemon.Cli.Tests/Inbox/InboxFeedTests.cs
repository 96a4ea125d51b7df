using System.Diagnostics;
using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Native;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>The two threads beside the loop: the one that follows events, and the one that carries verdicts.</summary>
public sealed class InboxFeedTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public void ASnapshotThatBreaksOffIsBegunAgain()
    {
        var first = 1;
        FakeDesk? desk = null;
        desk = new FakeDesk(Some.Ask())
        {
            OnSubscribe = exchange =>
            {
                if (Interlocked.Exchange(ref first, 0) == 0)
                {
                    desk!.Snapshot(exchange);
                    return;
                }

                exchange.Result($$"""{"epoch":"{{Some.Epoch}}","seq":10,"resumed":false}""");
                exchange.Raw(Some.Line(10, EventType.Asked, Some.Id(1), Some.Json(Some.Ask())));
                exchange.HangUp();
            },
        };
        using var owned = desk;
        using var queue = new InboxQueue();
        using var feed = new InboxFeed(() => Connect(desk.Daemon), queue, answers: true);
        feed.Open();
        feed.Start();
        var inputs = TakeUntil(queue, static input => input is InboxInput.Happened { Event.Type: EventType.SnapshotEnd });
        Assert.Equal(
            ["Connected", "Happened", "Away", "Connected", "Happened", "Happened"],
            inputs.Select(static input => input.GetType().Name));
        Assert.False(desk.Calls(MethodNames.Subscribe)[1].TryGetProperty("after", out _));
    }

    [Fact]
    public void AfterLostThereIsNoPlaceToComeBackTo()
    {
        var count = 0;
        FakeDesk? desk = null;
        desk = new FakeDesk(Some.Ask())
        {
            OnSubscribe = exchange =>
            {
                desk!.Snapshot(exchange);
                if (Interlocked.Increment(ref count) == 1)
                {
                    desk.Push(exchange, EventType.Lost, null, "{}");
                    exchange.HangUp();
                }
            },
        };
        using var owned = desk;
        using var queue = new InboxQueue();
        using var feed = new InboxFeed(() => Connect(desk.Daemon), queue, answers: false);
        feed.Open();
        feed.Start();
        _ = TakeUntil(queue, static input => input is InboxInput.Happened { Event.Type: EventType.Lost });
        _ = TakeUntil(queue, static input => input is InboxInput.Happened { Event.Type: EventType.SnapshotEnd });
        Assert.All(desk.Calls(MethodNames.Subscribe), static call => Assert.Equal("""{"answers":false}""", call.GetRawText()));
    }

    [Fact]
    public void WhoeverResumesKeepsThePlaceOfTheLastEvent()
    {
        var count = 0;
        FakeDesk? desk = null;
        desk = new FakeDesk(Some.Ask())
        {
            OnSubscribe = exchange =>
            {
                if (Interlocked.Increment(ref count) == 1)
                {
                    desk!.Snapshot(exchange);
                    desk.Push(exchange, EventType.Operators, null, """{"present":1}""");
                    exchange.HangUp();
                    return;
                }

                exchange.Result($$"""{"epoch":"{{Some.Epoch}}","seq":12,"resumed":true}""");
            },
        };
        using var owned = desk;
        using var queue = new InboxQueue();
        using var feed = new InboxFeed(() => Connect(desk.Daemon), queue, answers: true);
        feed.Open();
        feed.Start();
        _ = TakeUntil(queue, static input => input is InboxInput.Connected { Resumed: true });
        Assert.Equal($$"""{"epoch":"{{Some.Epoch}}","seq":11}""", desk.Calls(MethodNames.Subscribe)[1].GetProperty("after").GetRawText());
    }

    [Fact]
    public void B29_AnotherUsersListenerInTheDaemonsPlaceEndsTheProgram()
    {
        using var desk = new FakeDesk(Some.Ask())
        {
            OnSubscribe = static exchange =>
            {
                exchange.Result($$"""{"epoch":"e","seq":1,"resumed":false}""");
                exchange.HangUp();
            },
        };
        using var queue = new InboxQueue();
        var connects = 0;
        using var feed = new InboxFeed(
            () => Interlocked.Increment(ref connects) == 1
                ? Connect(desk.Daemon)
                : throw new UnixPeerException(UnixPeerFault.Untrusted, UnixAddress.FromPath(desk.Daemon.Path), 0, null, "the listener is somebody else's."),
            queue,
            answers: true);
        feed.Open();
        feed.Start();
        var end = Assert.IsType<InboxInput.Ending>(TakeUntil(queue, static input => input is InboxInput.Ending)[^1]);
        Assert.Equal(127, end.ExitCode);
        Assert.Contains("somebody else's", end.Why);
    }

    [Fact]
    public void AFaultNobodyThoughtOfEndsTheProgramAndIsSaid()
    {
        using var desk = new FakeDesk(Some.Ask())
        {
            OnSubscribe = static exchange =>
            {
                exchange.Result($$"""{"epoch":"e","seq":1,"resumed":false}""");
                exchange.HangUp();
            },
        };
        using var queue = new InboxQueue();
        var connects = 0;
        using var feed = new InboxFeed(
            () => Interlocked.Increment(ref connects) == 1 ? Connect(desk.Daemon) : throw new NotSupportedException("odd"), queue, answers: true);
        feed.Open();
        feed.Start();
        Assert.Contains("odd", Assert.IsType<InboxInput.Ending>(TakeUntil(queue, static input => input is InboxInput.Ending)[^1]).Why);
    }

    [Fact]
    public void ARefusedSubscriptionIsTheCallersToTell()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Error(-32003, "busy", "too many"));
        using var queue = new InboxQueue();
        using var feed = new InboxFeed(() => Connect(daemon), queue, answers: true);
        Assert.Equal(RpcErrorCode.Busy, Assert.Throws<RpcException>(feed.Open).Code);
        Assert.True(daemon.Closed.Wait(Deadline), "the connection is still open");
    }

    [Fact]
    public void EveryCallIsCarriedOnceAndAnswered()
    {
        using var desk = new FakeDesk(Some.Ask());
        using var queue = new InboxQueue();
        using var calls = new InboxCalls(() => Connect(desk.Daemon), queue);
        calls.Start();
        calls.Send(new InboxEffect.Decide(new DecideParams { Id = Some.Id(1), Digest = "d", Verdict = VerdictWord.Deny }, SafeText.Of($"what")));
        calls.Send(new InboxEffect.Revoke(new InboxGrant(Some.Id(9), SafeText.Of($"a grant"))));
        calls.Send(new InboxEffect.SetLockdown(true));
        var inputs = TakeUntil(queue, static input => input is InboxInput.LockdownSet);
        Assert.Equal(["Decided", "Revoked", "LockdownSet"], inputs.Select(static input => input.GetType().Name));
        Assert.Equal("""{"on":true}""", Assert.Single(desk.Calls(MethodNames.Lockdown)).GetRawText());
    }

    [Fact]
    public void WhatGoesWrongIsSaidOfTheAskItWasAbout()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.HangUp());
        using var queue = new InboxQueue();
        using var calls = new InboxCalls(() => Connect(daemon), queue);
        calls.Start();
        calls.Send(new InboxEffect.Decide(new DecideParams { Id = Some.Id(1), Digest = "d", Verdict = VerdictWord.Deny }, SafeText.None));
        calls.Send(new InboxEffect.SetLockdown(false));
        var inputs = TakeUntil(queue, static input => input is InboxInput.Failed);
        Assert.Equal(Some.Id(1), Assert.IsType<InboxInput.NotDecided>(inputs[0]).Id);
        Assert.Contains("closed the connection", ((InboxInput.NotDecided)inputs[0]).Why);
        Assert.Equal(2, daemon.Lines.Count);
    }

    [Fact]
    public void AQueueWakesItsReaderOnceHoweverMuchIsPosted()
    {
        using var queue = new InboxQueue();
        Assert.False(IsReadable(queue));
        for (var i = 0; i < 100_000; i++)
        {
            queue.Post(new InboxInput.Suspended());
        }

        Assert.True(IsReadable(queue));
        Assert.Equal(100_000, queue.Take().Count);
        Assert.False(IsReadable(queue));
        Assert.Empty(queue.Take());
        queue.Post(new InboxInput.Continued());
        Assert.True(IsReadable(queue));
    }

    private static bool IsReadable(InboxQueue queue)
    {
        var entry = new pollfd { fd = queue.Descriptor, events = 1 };
        return LibC.poll(ref entry, 1, 0) == 1;
    }

    private static ClearanceClient Connect(FakeDaemon daemon) =>
        new(UnixPeerClient.Connect(UnixAddress.FromPath(daemon.Path), LibC.geteuid()).Stream);

    private static List<InboxInput> TakeUntil(InboxQueue queue, Func<InboxInput, bool> last)
    {
        var taken = new List<InboxInput>();
        var start = Stopwatch.GetTimestamp();
        while (taken.Count == 0 || !last(taken[^1]))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"it did not come: {string.Join(", ", taken)}");
            var entry = new pollfd { fd = queue.Descriptor, events = 1 };
            _ = LibC.poll(ref entry, 1, 100);

            // One at a time, so that the last is what was waited for.
            foreach (var input in queue.Take())
            {
                if (taken.Count == 0 || !last(taken[^1]))
                {
                    taken.Add(input);
                }
            }
        }

        return taken;
    }
}
