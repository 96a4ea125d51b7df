using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class UnixListenersTests
{
    private const string Header = "Num       RefCount Protocol Flags    Type St Inode Path\n";

    [Theory]
    [InlineData("00010000", "0001", true)]
    [InlineData("00010000", "0005", true)]
    [InlineData("00010000", "0002", false)]
    [InlineData("00000000", "0001", false)]
    public void A_listener_has_the_accepting_flag_and_a_connected_type(string flags, string type, bool listens) =>
        Assert.Equal(listens, HasListener($"0000000000000000: 00000002 00000000 {flags} {type} 01 12345 /run/a\n", "/run/a"u8));

    [Theory]
    [InlineData("/run/a ", false)]
    [InlineData("/run/ab", false)]
    [InlineData("/run/", false)]
    [InlineData("@/run/a", false)]
    [InlineData("/run/a", true)]
    public void Paths_are_compared_whole(string shown, bool listens) =>
        Assert.Equal(listens, HasListener($"0000000000000000: 00000002 00000000 00010000 0001 01   345 {shown}\n", "/run/a"u8));

    [Fact]
    public void Abstract_names_show_every_NUL_as_an_at_sign() => Assert.True(ProcNetUnix.HasListener(
        "0: 00000002 00000000 00010000 0001 01 12345 @a@b\n"u8, "a\0b"u8, isAbstract: true));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n \n")]
    [InlineData("0: 00000002")]
    [InlineData("0: 00000002 00000000 zz 0001 01 12345 /run/a")]
    [InlineData("0: 00000002 00000000 00010000 0001 01 12345")]
    public void Other_lines_are_passed_over(string lines) => Assert.False(HasListener(lines, "/run/a"u8));

    [Fact]
    public void A_dead_a_missing_and_a_live_socket_are_told_apart()
    {
        using var directory = new TempDirectory();
        var address = UnixAddress.FromPath(directory.Socket);
        Assert.False(UnixListeners.HasLiveListener(address));
        Assert.False(UnixListeners.HasLiveListener(UnixAddress.FromPath(directory.Below("missing/socket"))));
        LeaveDeadSocket(directory.Socket);
        Assert.False(UnixListeners.HasLiveListener(address));
        using var listener = directory.Bind();
        Assert.True(UnixListeners.HasLiveListener(address));
    }

    [Fact]
    public void A_space_and_a_line_break_in_a_path_do_not_hide_it()
    {
        using var directory = new TempDirectory();
        var address = UnixAddress.FromPath(directory.Below("a b\nc"));
        using var listener = UnixListener.Bind(address, Options);
        Assert.True(UnixListeners.HasLiveListener(address));
    }

    private static bool HasListener(string lines, ReadOnlySpan<byte> path) =>
        ProcNetUnix.HasListener(System.Text.Encoding.UTF8.GetBytes(Header + lines), path, isAbstract: false);
}
