using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>One request as the fake daemon got it, and the ways it may answer.</summary>
internal sealed class Exchange(Socket socket, string line)
{
    private readonly JsonElement _request = JsonDocument.Parse(line).RootElement;

    public string Line { get; } = line;

    public string Method => _request.GetProperty("method").GetString()!;

    public string Params => _request.GetProperty("params").GetRawText();

    public string Id => _request.GetProperty("id").GetRawText();

    public void Result(string json) => Raw($"{{\"jsonrpc\":\"2.0\",\"id\":{Id},\"result\":{json}}}\n");

    public void Error(int code, string name, string message, string? member = null) => Raw(
        $"{{\"jsonrpc\":\"2.0\",\"id\":{Id},\"error\":{{\"code\":{code},\"message\":{Quote(message)},\"data\":{{\"code\":{Quote(name)}{(member is null ? "" : $",\"member\":{Quote(member)}")}}}}}}}\n");

    public void Raw(string text) => socket.Send(Encoding.UTF8.GetBytes(text));

    public void HangUp() => socket.Shutdown(SocketShutdown.Both);

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
