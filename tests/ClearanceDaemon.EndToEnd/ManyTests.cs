using System.Text;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Far more asks and people than there will ever be, and people who stopped looking: memory stays bounded and nobody waits for them.</summary>
public sealed class ManyTests : IDisposable
{
    private const int Asks = 10_000;
    private const int Connections = 100;
    private const int Readers = 90;
    private const int Stuck = 10;

    /// <summary>Descriptors of the daemon's own that it may open meanwhile; a leak would be a hundred.</summary>
    private const int Own = 5;

    /// <summary>Far above what is held for each of them; anything that keeps what it should not is far above this.</summary>
    private const long MostBytes = 400L << 20;

    private readonly TestHome _home;

    public ManyTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.Environment["CLEARANCE_MAX_PENDING"] = $"{Asks * 4}";
        _home.Environment["CLEARANCE_MAX_PENDING_PER_PROCESS"] = $"{Asks}";
        _home.Environment["CLEARANCE_MAX_PROMPTS_PER_MINUTE"] = "1000000";
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Ten_thousand_asks_before_a_hundred_people_of_whom_ten_never_look()
    {
        using var daemon = _home.Start();
        using var bystander = new LineClient(_home.AskSocket);
        using var person = new Operator(_home.OperatorSocket);
        Ping(bystander, person);
        var descriptors = CountDescriptors(daemon.Pid);
        var before = Resident(daemon.Pid);
        var askers = new List<LineClient>();
        var readers = Enumerable.Range(0, Readers).Select(_ => new EventReader(_home.OperatorSocket)).ToList();
        var stuck = Enumerable.Range(0, Stuck).Select(_ => EventReader.Subscribe(_home.OperatorSocket)).ToList();
        try
        {
            Until.True(() => Operators(person) == Readers + Stuck, "everyone to be connected");
            for (var at = 0; at < Connections; at++)
            {
                askers.Add(AskMany(at, bystander, person));
            }

            AssertFull();
            WaitForReaders(readers, Asks);
            var full = Resident(daemon.Pid);
            Until.True(() => Operators(person) == Readers, "those who never look to be cut off");
            Assert.DoesNotContain(readers, static reader => reader.IsCutOff);
            askers.ForEach(static asker => asker.Dispose());
            WaitForReaders(readers, 0);
            Assert.Empty(person.Result("clearance.pending").GetProperty("items").EnumerateArray());
            readers.ForEach(static reader => reader.Dispose());
            Until.True(() => CountDescriptors(daemon.Pid) <= descriptors + Own, $"the descriptors to be about {descriptors} again");
            var after = Resident(daemon.Pid);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"resident before {before >> 10} KiB, with {Asks} asks and {Readers + Stuck} subscribers {full >> 10} KiB, without them {after >> 10} KiB; lost {readers.Sum(static reader => reader.Lost)}");
            Assert.True(full < MostBytes && after < MostBytes, $"resident memory was {before}, then {full}, then {after} bytes");
        }
        finally
        {
            askers.ForEach(static asker => asker.Dispose());
            readers.ForEach(static reader => reader.Dispose());
            stuck.ForEach(static socket => socket.Dispose());
        }
    }

    private static void WaitForReaders(List<EventReader> readers, int waiting) => Until.True(
        () => readers.TrueForAll(reader => reader.Waiting == waiting || reader.IsCutOff),
        $"every reader to know of {waiting} asks");

    private static void Ping(LineClient bystander, Operator person)
    {
        Assert.True(bystander.Exchange(LineClient.Call(1, "clearance.ping")).TryGetProperty("result", out _));
        person.Result("clearance.ping");
    }

    /// <summary>A connection's share of the asks; while they are on their way others are answered.</summary>
    private LineClient AskMany(int connection, LineClient bystander, Operator person)
    {
        var client = new LineClient(_home.AskSocket);
        var lines = new StringBuilder();
        for (var at = 0; at < Asks / Connections; at++)
        {
            lines.Append(LineClient.Call(at, "clearance.ask", $$"""{"action":"many.do","resource":"{{connection}}/{{at}}","wait":"10m"}""")).Append('\n');
        }

        client.Send(Encoding.UTF8.GetBytes(lines.ToString()));
        Ping(bystander, person);
        for (var at = 0; at < Asks / Connections; at++)
        {
            var told = client.Receive() ?? throw new InvalidOperationException("The daemon closed an asker's connection.");
            Assert.True(told.TryGetProperty("method", out var method) && method.GetString() == "clearance.asked", $"{connection}/{at}: {told}");
        }

        return client;
    }

    /// <summary>One more than the limit is told to come back.</summary>
    private void AssertFull()
    {
        using var client = new LineClient(_home.AskSocket);
        var error = client.Exchange(LineClient.Ask(1, "many.more")).GetProperty("error").GetProperty("data");
        Assert.Equal("busy", error.GetProperty("code").GetString());
        Assert.True(error.TryGetProperty("retryAfter", out _));
    }

    private static int Operators(Operator person) => person.Result("daemon.status").GetProperty("operators").GetInt32();

    private static int CountDescriptors(int pid) => Directory.GetFiles($"/proc/{pid}/fd").Length;

    private static long Resident(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(static text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..^"kB".Length].Trim()) * 1024;
    }
}
