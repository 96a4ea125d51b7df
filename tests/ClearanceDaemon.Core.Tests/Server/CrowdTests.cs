using System.Diagnostics;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Many who watch and much that waits. Measures the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(CrowdTests), DisableParallelization = true)]
[Collection(nameof(CrowdTests))]
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Watchers = 100;
    private const int Deaf = 10;
    private const int Asks = 10_000;

    [Fact]
    public void Ten_thousand_asks_wait_and_a_hundred_watch_of_whom_ten_never_read()
    {
        using var daemon = new TestDaemon(options: static o => o with
        {
            MaxPending = 4 * Asks,
            MaxPendingPerProcess = Asks,
            MaxPromptsPerMinute = 10 * Asks,
            MaxInFlight = 2 * Asks,
            SelfApproval = true,
        });
        using var asking = new Asking(daemon);
        asking.Ask("""{"action":"demo.wait","resource":"warm"}""");
        var people = Enumerable.Range(0, Watchers).Select(i => new Person(daemon, answers: i == 0)).ToArray();
        people[Deaf].Next("snapshot_end");
        var reading = people[Deaf..].Select(static person => Task.Run(() => Listen(person))).ToArray();
        var (heap, set) = Memory();
        for (var i = 0; i < Asks - 1; i += 500)
        {
            asking.Client.Send(string.Concat(Enumerable.Range(i + 2, Math.Min(500, Asks - 1 - i)).Select(static n =>
                TestDaemon.AskLine(n, $$"""{"action":"demo.wait","resource":"host{{n}}.example.org:443","details":{"proto":"tcp","attempt":{{n}}},"argv":["curl","https://host{{n}}.example.org/"],"wait":"10m"}"""))));
            for (var n = 0; n < Math.Min(500, Asks - 1 - i); n++)
            {
                Assert.Contains("clearance.asked", asking.Client.ReadLine(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(Asks, daemon.Parts.Desk.PendingCount);
        var (heapAfter, setAfter) = Memory();
        output.WriteLine($"heap {heap >> 10} KiB -> {heapAfter >> 10} KiB; resident {set >> 10} KiB -> {setAfter >> 10} KiB; kept events {daemon.Parts.Events.First}..{daemon.Parts.Events.Last}");
        Assert.True(heapAfter - heap < 128L << 20, $"the heap grew by {(heapAfter - heap) >> 20} MiB");
        Eventually.True(() => daemon.Parts.Events.Subscribers <= Watchers - Deaf + 1, "those who never read are cut off");
        Assert.Equal(Asks, daemon.OperatorCall("daemon.lockdown", """{"on":true}""").GetProperty("denied").GetInt32());
        Eventually.True(() => daemon.Parts.Desk.PendingCount == 0, "all are answered");
        Array.ForEach(people, static person => person.Dispose());
        Assert.All(reading, static task => Assert.True(task.Wait(Eventually.Limit), "it heard the end"));
        var (heapEnd, setEnd) = Memory();
        output.WriteLine($"after all: heap {heapEnd >> 10} KiB; resident {setEnd >> 10} KiB");
    }

    private static void Listen(Person person)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (person.Watching.Socket.Receive(buffer) > 0)
            {
                // Read on: what it says is other tests' matter.
            }
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private static (long Heap, long Set) Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }
}
