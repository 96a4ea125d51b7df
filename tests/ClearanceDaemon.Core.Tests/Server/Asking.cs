using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A program that asks, on a connection of its own.</summary>
public sealed class Asking(TestDaemon daemon, string via = "ask") : IDisposable
{
    private int _id;

    public LineClient Client { get; } = daemon.Ask(via);

    /// <summary>Asks and returns what it is told of its waiting: request, id, digest, deadline.</summary>
    public JsonElement Ask(string parameters)
    {
        Send(parameters);
        var line = Next();
        return line.TryGetProperty("params", out var asked) ? asked : throw new InvalidOperationException($"no prompt, but {line}");
    }

    /// <summary>Asks and returns the id of the prompt.</summary>
    public string AskId(string parameters) => Ask(parameters).GetProperty("id").GetString()!;

    public void Send(string parameters) => Client.Send(TestDaemon.AskLine(++_id, parameters));

    /// <summary>The next answer as <c>outcome by</c>, or as the code of its error; what an ask waits for is passed over.</summary>
    public string Answer() => Essence(AnswerWhole());

    /// <summary>The next result or error.</summary>
    public JsonElement AnswerWhole()
    {
        while (true)
        {
            var line = Next();
            if (line.TryGetProperty("result", out var result) || line.TryGetProperty("error", out result))
            {
                return result;
            }
        }
    }

    /// <summary>Asks what is answered at once.</summary>
    public string Settled(string parameters)
    {
        Send(parameters);
        return Answer();
    }

    public string Call(string method, string parameters)
    {
        Client.Send($$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"{{method}}","params":{{parameters}}}""" + "\n");
        return Answer();
    }

    public static string Essence(JsonElement answer)
    {
        if (answer.TryGetProperty("data", out var data))
        {
            return data.GetProperty("code").GetString()!;
        }

        return answer.TryGetProperty("withdrawn", out var withdrawn)
            ? "withdrawn " + withdrawn.GetRawText()
            : answer.GetProperty("outcome").GetString() + (answer.TryGetProperty("by", out var by) ? " " + by.GetString() : "");
    }

    public void Dispose() => Client.Dispose();

    private JsonElement Next() => TestDaemon.Parse(Client.ReadLine() ?? throw new EndOfStreamException("the daemon closed"));
}
