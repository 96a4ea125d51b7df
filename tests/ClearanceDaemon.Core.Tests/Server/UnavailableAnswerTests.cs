using System.Net.Sockets;
using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>B71: what serves when nothing can be served.</summary>
public sealed class UnavailableAnswerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("unavailable-").FullName;
    private readonly List<Socket> _listeners = [];
    private Thread? _thread;

    public void Dispose()
    {
        _listeners.ForEach(static listener => listener.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void B71_every_method_of_every_socket_is_unavailable_under_its_id_and_with_the_reason()
    {
        using var server = Start("the settings\nare wrong", TimeSpan.FromMinutes(5), "ask", "operator");
        foreach (var name in (string[])["ask", "operator"])
        {
            using var client = Connect(name);
            foreach (var id in (string[])["1", "\"two\"", "-3"])
            {
                foreach (var method in (string[])["clearance.hello", "clearance.ask", "daemon.status", "no.such"])
                {
                    var reply = TestDaemon.Parse(client.Ask($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{"any":"thing"}}"""));
                    Assert.Equal(id, reply.GetProperty("id").GetRawText());
                    Assert.Equal((-32008, "unavailable"), (reply.GetProperty("error").GetProperty("code").GetInt32(), Code(reply)));
                    Assert.Equal("the settings\nare wrong", reply.GetProperty("error").GetProperty("message").GetString());
                }
            }
        }

        End(server);
    }

    [Fact]
    public void Lines_that_are_no_requests_are_told_so_and_the_connection_lives()
    {
        using var server = Start("broken", TimeSpan.FromMinutes(5), "ask");
        using var client = Connect("ask");
        Assert.Equal("parse_error", Code(TestDaemon.Parse(client.Ask("nonsense"))));
        Assert.Equal("invalid_request", Code(TestDaemon.Parse(client.Ask("[]"))));
        Assert.Equal("unavailable", Code(TestDaemon.Parse(client.Ask("""{"jsonrpc":"2.0","id":1,"method":"a.b"}"""))));
        End(server);
    }

    [Fact]
    public void It_ends_when_nobody_asks_for_a_while()
    {
        using var server = Start("broken", TimeSpan.FromMilliseconds(50), "ask");
        Assert.True(_thread!.Join(Eventually.Limit), "it ends by itself");
    }

    [Fact]
    public void Its_listeners_stay_their_owners()
    {
        using (var server = Start("broken", TimeSpan.FromMinutes(5), "ask"))
        {
            End(server);
        }

        using var client = Connect("ask");
        _listeners[0].Blocking = true;
        using var accepted = _listeners[0].Accept();
        Assert.True(accepted.Connected);
    }

    private static string? Code(JsonElement reply) => reply.GetProperty("error").GetProperty("data").GetProperty("code").GetString();

    private LineClient Connect(string name) => new(new UnixDomainSocketEndPoint(Path.Combine(_directory, name)));

    private UnavailableServer Start(string reason, TimeSpan idle, params string[] names)
    {
        foreach (var name in names)
        {
            var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _listeners.Add(listener);
            listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, name)));
            listener.Listen(16);
        }

        var server = new UnavailableServer(_listeners.Select(static listener => (System.Runtime.InteropServices.SafeHandle)listener.SafeHandle), reason, idle);
        _thread = new(server.Run) { IsBackground = true };
        _thread.Start();
        return server;
    }

    private void End(UnavailableServer server)
    {
        server.Stop();
        Assert.True(_thread!.Join(Eventually.Limit), "it stops when told");
    }
}
