using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>An operator: one connection that watches, one that decides.</summary>
public sealed class Person : IDisposable
{
    private readonly LineClient _deciding;

    public Person(TestDaemon daemon, bool answers = true, string? after = null)
    {
        Watching = daemon.Operator();
        _deciding = daemon.Operator();
        var parameters = after is null ? $$"""{"answers":{{(answers ? "true" : "false")}}}""" : $$"""{"answers":{{(answers ? "true" : "false")}},"after":{{after}}}""";
        Subscribed = TestDaemon.Call(Watching, "clearance.subscribe", parameters);
    }

    public LineClient Watching { get; }

    /// <summary>What the subscription answered.</summary>
    public JsonElement Subscribed { get; }

    /// <summary>The next event, whatever it is.</summary>
    public JsonElement Next() => TestDaemon.Parse(Watching.ReadLine() ?? throw new EndOfStreamException("the stream ended")).GetProperty("params");

    /// <summary>The next event of a type; others are passed over.</summary>
    public JsonElement Next(string type)
    {
        while (true)
        {
            var next = Next();
            if (next.GetProperty("type").GetString() == type)
            {
                return next;
            }
        }
    }

    /// <summary>The answer to a verdict on what an <c>asked</c> event showed.</summary>
    public JsonElement Decide(JsonElement asked, string verdict, string more = "")
    {
        var data = asked.GetProperty("data");
        return Decide(data.GetProperty("id").GetString()!, data.GetProperty("digest").GetString()!, verdict, more);
    }

    public JsonElement Decide(string id, string digest, string verdict, string more = "") =>
        TestDaemon.Call(_deciding, "clearance.decide", $$"""{"id":"{{id}}","digest":"{{digest}}","verdict":"{{verdict}}"{{more}}}""");

    public JsonElement Call(string method, string parameters = "{}") => TestDaemon.Call(_deciding, method, parameters);

    public void Dispose()
    {
        Watching.Dispose();
        _deciding.Dispose();
    }
}
