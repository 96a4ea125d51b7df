using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>Someone on the operator socket: calls, verdicts, and the events that come in between, in the order they came.</summary>
internal sealed class Operator(string socket) : IDisposable
{
    private readonly LineClient _client = new(socket);
    private readonly List<JsonElement> _events = [];
    private int _looked;
    private int _id;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<JsonElement> Events => _events;

    /// <summary>A person who is there to answer, and knows what waits.</summary>
    public static Operator Subscribed(string socket)
    {
        var person = new Operator(socket);
        person.Result("clearance.subscribe", """{"answers":true}""");
        person.Next("snapshot_end");
        return person;
    }

    /// <summary>The whole answer: a result or an error.</summary>
    public JsonElement Call(string method, string parameters = "{}")
    {
        _client.Send(LineClient.Call(++_id, method, parameters));
        while (true)
        {
            var line = Receive();
            if (line.TryGetProperty("id", out var id) && id.GetInt32() == _id)
            {
                return line;
            }
        }
    }

    public JsonElement Result(string method, string parameters = "{}")
    {
        var answer = Call(method, parameters);
        Assert.True(answer.TryGetProperty("result", out var result), $"{method}: {answer}");
        return result;
    }

    /// <summary>A verdict on an ask as it was shown, or as its asker was told of it.</summary>
    public JsonElement Decide(JsonElement ask, string verdict, string scope = """{"kind":"once"}""") => Call(
        "clearance.decide",
        $$"""{"id":"{{ask.GetProperty("id").GetString()}}","digest":"{{ask.GetProperty("digest").GetString()}}","verdict":"{{verdict}}","scope":{{scope}}}""");

    /// <summary>The next event of this type; those before it are passed over, and stay in <see cref="Events"/>.</summary>
    public JsonElement Next(string type)
    {
        while (true)
        {
            if (_looked == _events.Count)
            {
                Receive();
            }
            else if (_events[_looked++] is var found && found.GetProperty("type").GetString() == type)
            {
                return found;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private JsonElement Receive()
    {
        var line = _client.Receive() ?? throw new InvalidOperationException("The daemon closed an operator's connection.");
        if (line.TryGetProperty("params", out var happened))
        {
            _events.Add(happened);
        }

        return line;
    }
}
