using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The recipe for bubblewrap as an ordinary user, who needs a user namespace for it, with a named socket under systemd.</summary>
[Collection(ManagerCollection.Name)]
public sealed class UserSandboxTests : IDisposable
{
    private readonly UserManager _manager;
    private readonly NamedSocket _socket;

    public UserSandboxTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
        Repository.RequireTool("bwrap");
        _socket = new NamedSocket(manager, "claude");
        var tried = InSandbox("true");
        Assert.SkipUnless(tried.ExitCode == 0, $"bubblewrap can't make a sandbox for an ordinary user here: {tried.Error}");
    }

    public void Dispose() => _socket?.Dispose();

    [Fact]
    public void It_asks_and_is_seen_as_its_via()
    {
        Assert.Equal("allowed by rule:for-claude", InSandbox("clearance ask --action demo.via").Expect(0).Output.Trim());
        _manager.Clearance("ask", "--action", "demo.via", "--wait", "0s").Expect(2);
        Assert.True(AuditChain.Read(_manager.Audit).Mentions("\"via\":\"claude\""));
    }

    [Fact]
    public void B70_it_can_neither_replace_the_socket_nor_reach_anything_else()
    {
        foreach (var attempt in (string[])["rm -f $CLEARANCE_ASK_SOCKET", "mv $CLEARANCE_ASK_SOCKET $CLEARANCE_ASK_SOCKET.old", "chmod 777 $CLEARANCE_ASK_SOCKET", "touch $(dirname $CLEARANCE_ASK_SOCKET)/another"])
        {
            Assert.Contains("Read-only file system", InSandbox(attempt).Error, StringComparison.Ordinal);
        }

        Assert.NotEqual(0, InSandbox("mount -o remount,rw,bind $(dirname $CLEARANCE_ASK_SOCKET)").ExitCode);
        InSandbox($"test ! -e '{_manager.OperatorSocket}' && test ! -e '{_manager.Runtime}/lock' && test ! -e '{_manager.Audit}'").Expect(0);
        Assert.Equal("clearance", InSandbox("ls -A $XDG_RUNTIME_DIR").Expect(0).Output.Trim());
        InSandbox("clearance status").Expect(127);
        _manager.Clearance("ask", "--ask-socket", _socket.Path, "--action", "demo.via").Expect(0);
    }

    private CommandResult InSandbox(string script) => _manager.Run(
        Path.Combine(_manager.Tree, "packaging", "sandbox", "clearance-bwrap"), "claude", "--setenv", "PATH", $"{_manager.Home}/.local/bin:/usr/bin:/bin", "--", "/bin/sh", "-c", script);
}
