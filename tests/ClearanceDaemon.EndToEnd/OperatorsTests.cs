using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Several people at once: all see an ask, one decides it, all hear of it once.</summary>
public sealed class OperatorsTests : IDisposable
{
    private const int Rounds = 50;

    private readonly TestHome _home;
    private readonly Daemon _daemon;

    public OperatorsTests()
    {
        Repository.RequireNative();
        _home = new TestHome();

        // Asker and people are threads of one process here.
        _home.WriteConfiguration("""{"selfApproval":true}""");
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _home?.Dispose();
    }

    [Fact]
    public void Of_two_who_decide_at_the_same_moment_one_wins_and_all_three_hear_it_once()
    {
        Operator[] people = [.. Enumerable.Range(0, 3).Select(_ => Operator.Subscribed(_home.OperatorSocket))];
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                DecideAtOnce(round, people);
            }

            foreach (var person in people)
            {
                // Whatever was still on its way comes before this answer.
                person.Result("clearance.ping");
                var decided = person.Events.Where(static happened => Type(happened) == "decided").Select(static happened => happened.GetProperty("id").GetString()).ToList();
                Assert.Equal(Rounds, decided.Count);
                Assert.Equal(Rounds, decided.Distinct().Count());
                AssertSequence(person.Events);
            }
        }
        finally
        {
            Array.ForEach(people, static person => person.Dispose());
        }
    }

    private void DecideAtOnce(int round, Operator[] people)
    {
        using var ask = new WaitingAsk(_home.AskSocket, $$"""{"action":"deploy.production","resource":"web{{round}}"}""");
        var id = ask.Asked.GetProperty("id").GetString();
        JsonElement[] shown = [.. people.Select(static person => person.Next("asked").GetProperty("data"))];
        Assert.All(shown, item => Assert.Equal(id, item.GetProperty("id").GetString()));
        using var barrier = new Barrier(2);
        var answers = new JsonElement[2];
        Thread[] deciders = [.. Enumerable.Range(0, 2).Select(at => new Thread(() =>
        {
            barrier.SignalAndWait();
            answers[at] = people[at].Decide(shown[at], Word(at));
        }))];
        Array.ForEach(deciders, static decider => decider.Start());
        Array.ForEach(deciders, static decider => decider.Join());

        var winner = Array.FindIndex(answers, static answer => answer.TryGetProperty("result", out _));
        Assert.True(winner >= 0, $"round {round}: nobody won: {answers[0]} {answers[1]}");
        Assert.Equal("unknown_request", answers[1 - winner].GetProperty("error").GetProperty("data").GetProperty("code").GetString());
        var outcome = Word(winner) == "allow" ? "allowed" : "denied";
        Assert.Equal(outcome, ask.Result().GetProperty("outcome").GetString());
        foreach (var person in people)
        {
            var decided = person.Next("decided");
            Assert.Equal(id, decided.GetProperty("id").GetString());
            Assert.Equal(outcome, decided.GetProperty("data").GetProperty("outcome").GetString());
            Assert.Equal("operator", decided.GetProperty("data").GetProperty("by").GetString());
        }
    }

    /// <summary>After the snapshot no number is missing and none comes twice.</summary>
    private static void AssertSequence(IReadOnlyList<JsonElement> events)
    {
        var numbers = events.SkipWhile(static happened => Type(happened) != "snapshot_end").Select(static happened => happened.GetProperty("seq").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(step => numbers[0] + step), numbers);
    }

    private static string Word(int decider) => decider == 0 ? "allow" : "deny";

    private static string? Type(JsonElement happened) => happened.GetProperty("type").GetString();
}
