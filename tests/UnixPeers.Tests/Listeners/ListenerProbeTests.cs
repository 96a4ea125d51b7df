using UnixPeers.Tests.Peers;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Step 6: the address must lead to this very process.</summary>
public sealed class ListenerProbeTests
{
    private const string Serve = """
        s = socket.socket(socket.AF_UNIX)
        s.bind(sys.argv[1])
        s.listen(5)
        say('listening')
        hear()
        """;

    [Fact]
    public void An_address_that_leads_to_another_process_is_refused()
    {
        using var directory = new TempDirectory();
        using var other = Child.Python(Serve, directory.Socket);
        Assert.Equal("listening", other.Hear());
        using var ours = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(ours, UnixAddress.FromPath(directory.Below("ours"))));

        var error = Fails(UnixSocketFault.Refused, () => ListenerProbe.ListenAndMeet(ours, UnixAddress.FromPath(directory.Socket), Options));
        Assert.Contains($"pid {other.Pid}", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not lead to this process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_leads_nowhere_is_a_failure()
    {
        using var directory = new TempDirectory();
        using var ours = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(ours, UnixAddress.FromPath(directory.Below("ours"))));
        Fails(UnixSocketFault.CannotCreate, () => ListenerProbe.ListenAndMeet(ours, UnixAddress.FromPath(directory.Socket), Options));
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("file")]
    [InlineData("mode")]
    public void A_file_that_changed_before_listen_is_refused(string change)
    {
        using var directory = new TempDirectory();
        using var ours = NativeSocket.Create(nonBlocking: false);
        var bound = BoundPath.Bind(ours, directory.Socket, UnixAddress.FromPath(directory.Socket), "ask socket");
        BoundPath.Check(directory.Socket, "ask socket", "Look.");
        if (change == "mode")
        {
            Chmod(directory.Socket, Octal("0666"));
        }
        else
        {
            File.Delete(directory.Socket);
        }

        if (change == "file")
        {
            File.WriteAllText(directory.Socket, "");
        }

        Assert.EndsWith("Look.", Fails(UnixSocketFault.Refused, () => BoundPath.Check(directory.Socket, "ask socket", "Look.")).Message, StringComparison.Ordinal);
        bound.Remove();
        Assert.Equal(change == "file", File.Exists(directory.Socket));
    }
}
