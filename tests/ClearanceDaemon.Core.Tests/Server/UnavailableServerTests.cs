using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClearanceDaemon.Conformance;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>The server of a start that failed: it says so to everyone, and it ends.</summary>
public sealed class UnavailableServerTests : IDisposable
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"clearance.ping","params":{}}""";
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly string _root = Directory.CreateTempSubdirectory("clearance-unavailable-").FullName;

    private UnixDomainSocketEndPoint EndPoint => new(Path.Combine(_root, "own", "s"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Every_line_is_answered_with_the_reason()
    {
        using var listener = Listen();
        using var server = new UnavailableServer([listener.Handle], "the rules are gone", Never, Never);
        var thread = Serve(server);
        using (var client = new LineClient(EndPoint))
        {
            Assert.Contains("unavailable", client.Ask(Ping), StringComparison.Ordinal);
            Assert.Contains("the rules are gone", client.Ask(Ping), StringComparison.Ordinal);
        }

        server.Stop();
        Ends(thread);
    }

    [Fact]
    public void A_connection_that_only_stays_open_does_not_keep_it()
    {
        using var listener = Listen();
        using var server = new UnavailableServer([listener.Handle], "no", Soon, Never);
        using var idle = new LineClient(EndPoint);
        var thread = Serve(server);
        Ends(thread);
        Assert.True(idle.IsClosedByServer());
    }

    [Fact]
    public void One_who_asks_on_and_on_does_not_keep_it_past_its_lifetime()
    {
        using var listener = Listen();
        using var server = new UnavailableServer([listener.Handle], "no", Never, Soon);
        using var client = new LineClient(EndPoint);
        var thread = Serve(server);
        while (thread.IsAlive)
        {
            try
            {
                client.Ask(Ping);
            }
            catch (Exception e) when (e is EndOfStreamException or SocketException)
            {
                break;
            }
        }

        Ends(thread);
    }

    [Fact]
    public void Its_sockets_outlive_a_collection_though_nobody_else_holds_them()
    {
        using var server = OnHandlesOfItsOwn();
        var thread = Serve(server);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using (var client = new LineClient(EndPoint))
        {
            Assert.Contains("unavailable", client.Ask(Ping), StringComparison.Ordinal);
        }

        server.Stop();
        Ends(thread);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private UnavailableServer OnHandlesOfItsOwn()
    {
        var listener = Listen();
        SafeHandle handle = listener.Handle;
        return new([handle], "no", Never, Never);
    }

    private UnixListener Listen() =>
        UnixListener.Bind(UnixAddress.FromPath(Path.Combine(_root, "own", "s")), new() { Label = "socket", OwnsDirectory = true });

    private static Thread Serve(UnavailableServer server)
    {
        var thread = new Thread(server.Run) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Ends(Thread thread) => Assert.True(thread.Join(Eventually.Limit), "the server still runs");
}
