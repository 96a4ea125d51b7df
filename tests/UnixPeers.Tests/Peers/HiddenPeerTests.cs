namespace UnixPeers.Tests.Peers;

/// <summary>A peer that hides its program from its own user.</summary>
public sealed class HiddenPeerTests
{
    [Fact]
    public void B74_to_an_ordinary_user_a_hidden_program_is_unknown_not_absent()
    {
        string[] user = [];
        if (Environment.IsPrivilegedProcess)
        {
            user = Child.AsNobody;
            using Child probe = Child.Run([.. user, Child.SelfPath, "-list", "classes"]);
            Assert.SkipUnless(probe.Finish().Code == 0, "the user nobody cannot start this program here");
        }

        using Child reader = Child.Self(user, typeof(HiddenPeerTests), nameof(As_an_ordinary_user));
        (int code, string output) = reader.Finish();
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public void As_an_ordinary_user()
    {
        Assert.False(Environment.IsPrivilegedProcess);
        using PinnedPeer shown = new("s = connect(sys.argv[1]); say('on'); hear()");
        Assert.Equal("on", shown.Child.Hear());
        Assert.Equal(ObservedState.Known, shown.Process.Observe().State);

        using PinnedPeer hidden = new("libc.prctl(4, 0); s = connect(sys.argv[1]); hear(); libc.prctl(4, 1); say('shown'); hear()");
        ObservedProcess seen = hidden.Process.Observe();
        Assert.Equal(ObservedState.Unknown, seen.State);
        Assert.Null(seen.Executable);
        Assert.Null(seen.ExecutablePath);
        Assert.NotNull(seen.StartTime);

        // Nothing says that what it shows later is what hid before.
        hidden.Child.Say("show");
        Assert.Equal("shown", hidden.Child.Hear());
        Assert.Equal(ObservedState.Changed, hidden.Process.Observe().State);

        // And the other way round, as the exec of a set-uid program looks to its own user.
        using PinnedPeer hides = new("s = connect(sys.argv[1]); hear(); libc.prctl(4, 0); say('hidden'); hear()");
        Assert.Equal(ObservedState.Known, hides.Process.Observe().State);
        Assert.NotNull(hides.Process.Namespaces());
        hides.Child.Say("hide");
        Assert.Equal("hidden", hides.Child.Hear());
        Assert.Equal((ObservedState.Changed, null), (hides.Process.Observe().State, hides.Process.Observe().Executable));
        Assert.Null(hides.Process.Namespaces());

        // Ancestry does not hide.
        using PeerProcess? parent = hides.Process.PinParent();
        Assert.Equal(Environment.ProcessId, parent?.Pid);
        Assert.True(hides.Process.IsDescendantOf(parent!));
    }
}
