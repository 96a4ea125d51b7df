using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>Whether descriptors come back. All of a process are counted, so each count is made in a process that does nothing
/// else.</summary>
public sealed class DescriptorLeakTests
{
    private const int Rounds = 10_000;

    /// <summary>Where the peer, or our interest in it, ends.</summary>
    private enum Drop
    {
        BeforeAccept,
        BeforeCredentials,
        BeforePin,
        BeforeObserve,
        AfterAll,
    }

    [Theory]
    [InlineData(nameof(Ten_thousand_drops))]
    [InlineData(nameof(A_thousand_pins_of_the_dead))]
    public void B37_dropping_between_any_two_steps_leaks_no_descriptor(string method)
    {
        using Child counter = Child.Self([], typeof(DescriptorLeakTests), method);
        (int code, string output) = counter.Finish();
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public void Ten_thousand_drops()
    {
        using PeerListener listener = new();
        for (int i = 0; i < 10; i++)
        {
            Meet(listener, (Drop)(i % 5));
        }

        int before = OpenDescriptors();
        for (int i = 0; i < Rounds; i++)
        {
            Meet(listener, (Drop)(i % 5));
        }

        Assert.Equal(before, OpenDescriptors());
    }

    [Fact(Explicit = true)]
    public void A_thousand_pins_of_the_dead()
    {
        using PeerListener listener = new();
        using Child child = Child.Python("s = connect(sys.argv[1]); hear()", listener.Address);
        using Socket server = listener.Accept();
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        child.Kill();
        int before = OpenDescriptors();
        for (int i = 0; i < 1000; i++)
        {
            Assert.IsNotType<PeerPin.Pinned>(PeerProcess.Pin((int)server.Handle, credentials));
        }

        Assert.Equal(before, OpenDescriptors());
    }

    private static void Meet(PeerListener listener, Drop drop)
    {
        using Socket client = listener.Connect();
        DropIf(Drop.BeforeAccept);
        using Socket server = listener.Accept();
        DropIf(Drop.BeforeCredentials);
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read((int)server.Handle)).Credentials;
        DropIf(Drop.BeforePin);
        if (PeerProcess.Pin((int)server.Handle, credentials) is not PeerPin.Pinned { Process: PeerProcess process })
        {
            return;
        }

        DropIf(Drop.BeforeObserve);
        using (process)
        {
            Assert.True(process.IsAlive);
            if (drop == Drop.BeforeObserve)
            {
                Assert.Equal(ObservedState.Known, process.Observe().State);
            }
        }

        void DropIf(Drop here)
        {
            if (drop == here)
            {
                client.Dispose();
            }
        }
    }

    // The runtime opens assemblies when it pleases.
    private static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Count(path => new FileInfo(path).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);
}
