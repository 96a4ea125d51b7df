using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Everything at once: askers that join, withdraw, time out and vanish, people who decide at random. The record tells one story.</summary>
public sealed class DeskStormTests
{
    private const int Askers = 4;
    private const int Rounds = 120;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_ask_ends_once_and_nobody_is_allowed_without_a_record(int seed)
    {
        using var daemon = new TestDaemon(options: static o => o with { SelfApproval = true, MaxPromptsPerMinute = 1_000_000, MaxPendingPerProcess = 10_000 });
        using var stop = new CancellationTokenSource();
        Person[] people = [new(daemon), new(daemon)];
        var deciding = people.Select((person, i) => Task.Run(() => Decide(person, new Random((seed * 100) + i), stop.Token))).ToArray();
        var told = await Task.WhenAll(Enumerable.Range(0, Askers).Select(i => Task.Run(() => Ask(daemon, new Random((seed * 1000) + i)))));
        Eventually.True(() => daemon.Parts.Desk.PendingCount == 0, "everything ends");
        await stop.CancelAsync();
        Array.ForEach(people, static person => person.Watching.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both));
        await Task.WhenAll(deciding);
        Array.ForEach(people, static person => person.Dispose());
        Check(daemon, told.SelectMany(static answers => answers));
    }

    private static void Check(TestDaemon daemon, IEnumerable<(string Id, string Outcome)> told)
    {
        var records = daemon.AuditRecords();
        var asked = records.Where(static r => Is(r, "asked")).Select(Id).ToArray();
        var verdicts = records.Where(static r => Is(r, "verdict")).ToLookup(Id);
        Assert.NotEmpty(asked);
        Assert.Equal(asked.Length, asked.Distinct().Count());
        Assert.All(verdicts, static ends => Assert.Single(ends));
        Assert.All(asked, id => Assert.Single(verdicts[id]));
        var left = records.Where(static r => Is(r, "left")).Select(static r => $"{Id(r)} {r.GetProperty("outcome").GetString()}").ToHashSet();
        foreach (var (id, outcome) in told)
        {
            var end = Assert.Single(verdicts[id]).GetProperty("outcome").GetString();
            Assert.True(end == outcome || left.Contains($"{id} {outcome}"), $"{id} was told {outcome}, but {end} is on record");
            Assert.True(outcome is "allowed" or "denied" or "timed_out" or "withdrawn", outcome);
        }

        Assert.Contains(records, static r => Is(r, "verdict") && r.GetProperty("by").GetString() == "operator" && r.GetProperty("outcome").GetString() == "allowed");
        var verified = daemon.OperatorCall("audit.verify");
        Assert.True(verified.GetProperty("ok").GetBoolean(), verified.GetRawText());
        Assert.Equal(0, daemon.Log.Lines.Count(static line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error));
    }

    private static List<(string Id, string Outcome)> Ask(TestDaemon daemon, Random random)
    {
        var told = new List<(string, string)>();
        for (var round = 0; round < Rounds;)
        {
            using var client = daemon.Ask(random.Next(3) == 0 ? "claude" : "ask");
            var owed = 0;
            for (var step = random.Next(1, 8); step > 0; step--, round++)
            {
                client.Send(Line(random, round));
                owed++;
            }

            // Some leave without their answers.
            while (random.Next(10) > 0 && owed > 0)
            {
                var line = TestDaemon.Parse(client.ReadLine()!);
                if (line.TryGetProperty("result", out var result) && result.TryGetProperty("outcome", out var outcome))
                {
                    told.Add((result.GetProperty("id").GetString()!, outcome.GetString()!));
                }

                owed -= line.TryGetProperty("id", out _) ? 1 : 0;
            }
        }

        return told;
    }

    private static string Line(Random random, int id) => random.Next(6) switch
    {
        0 => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"clearance.withdraw","params":{"request":{{{id - random.Next(1, 4)}}}}}""" + "\n",
        1 => TestDaemon.AskLine(id, $$"""{"action":"x.k","key":"k{{random.Next(40)}}","wait":"{{random.Next(1, 30)}}ms"}""").Replace("x.k", "demo.wait", StringComparison.Ordinal),
        _ => TestDaemon.AskLine(id, $$"""{"action":"x.y","resource":"{{random.Next(12)}}","wait":"{{random.Next(1, 30)}}ms"}"""),
    };

    private static void Decide(Person person, Random random, CancellationToken stop)
    {
        string[] scopes = ["", ",\"scope\":{\"kind\":\"once\"}", ",\"scope\":{\"kind\":\"uses\",\"uses\":2}", ",\"scope\":{\"kind\":\"for\",\"duration\":\"5ms\"}"];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var seen = person.Next("asked");
                person.Decide(seen, random.Next(2) == 0 ? "allow" : "deny", scopes[random.Next(scopes.Length)]);
            }
        }
        catch (EndOfStreamException)
        {
            // The test is over.
        }
    }

    private static bool Is(JsonElement record, string kind) => record.GetProperty("kind").GetString() == kind;

    private static string Id(JsonElement record) => record.GetProperty("id").GetString()!;
}
