using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>An ask on a connection of its own that waits for a person: told its id and digest, and in the end its outcome.</summary>
internal sealed class WaitingAsk : IDisposable
{
    private readonly LineClient _client;

    public WaitingAsk(string socket, string parameters)
    {
        _client = new LineClient(socket);
        var told = _client.Exchange(LineClient.Call(1, "clearance.ask", parameters));
        Assert.True(told.TryGetProperty("params", out var asked), $"{parameters} does not wait for a person: {told}");
        Asked = asked;
    }

    /// <summary>What the asker is told as soon as it waits: id, digest, deadline.</summary>
    public JsonElement Asked { get; }

    public JsonElement Result()
    {
        var answer = _client.Receive() ?? throw new InvalidOperationException("The daemon closed the connection of an ask that waits.");
        return answer.GetProperty("result");
    }

    public void Dispose() => _client.Dispose();
}
