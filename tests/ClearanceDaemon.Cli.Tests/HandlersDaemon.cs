using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>A fake daemon with handlers: it lists them, switches them and tries them as the protocol says.</summary>
internal sealed class HandlersDaemon : IDisposable
{
    public const string Shield = """{"name":"terok-shield","kind":"compiled_in","enabled":false,"state":"disabled","effects":["net.connect"],"inFlight":0,"calls":0,"failures":0}""";
    public const string Hello = """{"name":"hello","kind":"kept","enabled":true,"state":"ok","file":"/c/handlers.d/hello.json","methods":{"hello.world":"ask"},"deadline":"2s","inFlight":0,"calls":12,"failures":1}""";
    public const string Guard = """{"name":"guard","kind":"request","enabled":true,"state":"broken","file":"/c/handlers.d/guard.json","methods":{"guard.see":"ask","guard.set":"operator"},"decides":["deploy.*","shell.exec"],"effects":["vault.open"],"inFlight":0,"calls":5,"failures":5,"lastFailure":{"why":"exit","message":"it exited before it answered","stderr":"no key\n","exitCode":3},"retryAt":"2026-11-20T10:01:00.000Z"}""";
    public const string TooLate = """{"why":"deadline","message":"it did not answer within 2s"}""";

    private readonly string[] _items;

    public HandlersDaemon(params string[] items)
    {
        _items = items;
        Daemon = new FakeDaemon(Serve);
    }

    public FakeDaemon Daemon { get; }

    public string Problems { get; init; } = "[]";

    public string Process { get; init; } = "idle";

    /// <summary>The result of a test.</summary>
    public string Tried { get; init; } = """{"sent":"{\"id\":1}","received":"{\"id\":1,\"result\":{}}","milliseconds":12.34}""";

    /// <summary>Answers a switch or a test otherwise than by doing it.</summary>
    public Action<Exchange>? Otherwise { get; init; }

    public string List => $$"""{"items":[{{string.Join(',', _items)}}],"problems":{{Problems}},"process":"{{Process}}"}""";

    /// <summary>The parameters of the only call of a method.</summary>
    public JsonElement Told(string method) => Assert.Single(
        Daemon.Lines.Select(static line => JsonDocument.Parse(line).RootElement), call => call.GetProperty("method").GetString() == method).GetProperty("params");

    public void Dispose() => Daemon.Dispose();

    private void Serve(Exchange exchange)
    {
        if (exchange.Method == "handlers.list")
        {
            exchange.Result(List);
        }
        else if (Otherwise is not null)
        {
            Otherwise(exchange);
        }
        else if (exchange.Method == "handlers.test")
        {
            exchange.Result(Tried);
        }
        else
        {
            Switch(exchange, exchange.Method == "handlers.enable");
        }
    }

    private void Switch(Exchange exchange, bool isOn)
    {
        var name = JsonDocument.Parse(exchange.Params).RootElement.GetProperty("name").GetString();
        var item = Array.Find(_items, item => item.Contains($"\"name\":\"{name}\"", StringComparison.Ordinal));
        if (item is null)
        {
            exchange.Error(-32602, "invalid_params", "There is no such handler.", "name");
            return;
        }

        var changed = item.Contains(isOn ? "\"enabled\":false" : "\"enabled\":true", StringComparison.Ordinal);
        var now = item.Replace("\"enabled\":" + (isOn ? "false" : "true"), "\"enabled\":" + (isOn ? "true" : "false"), StringComparison.Ordinal);
        now = changed ? now.Replace(isOn ? "\"disabled\"" : "\"ok\"", isOn ? "\"ok\"" : "\"disabled\"", StringComparison.Ordinal) : now;
        exchange.Result($$"""{"changed":{{(changed ? "true" : "false")}},"handler":{{now}}}""");
    }
}
