using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The recipe for rootless podman, with a named socket under systemd: a container that can ask, and that is all it can do to the daemon.</summary>
[Collection(ManagerCollection.Name)]
public sealed class PodmanRecipeTests : IDisposable
{
    // What the image holds: the native program, a shell, what the attempts take, and the libraries of all these.
    private const string MakeImage = """
        set -e
        root=$HOME/image; rm -rf "$root"; mkdir -p "$root/proc" "$root/dev" "$root/sys" "$root/tmp" "$root/run" "$root/bin"
        for program in "$HOME/.local/bin/clearance" /bin/sh /bin/ls /bin/mv /bin/rm /bin/touch /bin/chmod /bin/mount; do
          cp -L "$program" "$root/bin/"
          for library in $(ldd "$program" | grep -o '/[^ ]*'); do mkdir -p "$root$(dirname "$library")"; cp -nL "$library" "$root$library"; done
        done
        tar -C "$root" -c . | podman import - clearance-test
        """;

    private static readonly string[] Runtimes = ["crun", "runc"];
    private readonly UserManager _manager;
    private readonly NamedSocket _socket;
    private string _runtime;

    public PodmanRecipeTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
        Repository.RequireTool("podman");
        Repository.RequireTool("newuidmap");
        _runtime = Runtimes.FirstOrDefault(static runtime => File.Exists($"/usr/bin/{runtime}")) ?? "crun";
        _socket = new NamedSocket(manager, "claude");
        var made = Podman(["/bin/sh", "-c", MakeImage]);
        Assert.SkipUnless(made.ExitCode == 0, $"podman cannot import an image here: {made.Error}");
        ChooseRuntime();
    }

    public void Dispose() => _socket?.Dispose();

    [Fact]
    public void It_asks_and_is_seen_as_its_via()
    {
        Assert.Equal("allowed by rule:for-claude", Run("clearance ask --action demo.via").Expect(0).Output.Trim());
        Run("clearance ask --action demo.other --wait 0s").Expect(2);
        _manager.Clearance("ask", "--action", "demo.via", "--wait", "0s").Expect(2);
        Assert.True(AuditChain.Read(_manager.Audit).Mentions("\"via\":\"claude\""));
    }

    [Fact]
    public void As_its_own_root_it_asks_too()
    {
        Assert.Equal(
            "allowed by rule:for-claude",
            Recipe(["claude", "--network=none", "--userns=host", "--env", "CLEARANCE_SERVER_UID=0", "--", "clearance-test", "clearance", "ask", "--action", "demo.via"]).Expect(0).Output.Trim());
    }

    [Fact]
    public void B70_it_can_neither_replace_the_socket_nor_reach_anything_else()
    {
        foreach (var attempt in (string[])["rm -f /run/clearance/clearance.sock", "mv /run/clearance/clearance.sock /run/clearance/aside", "chmod 777 /run/clearance/clearance.sock", "touch /run/clearance/another"])
        {
            var tried = Run(attempt);
            Assert.True(tried.ExitCode != 0, $"{attempt} worked");
            Assert.Contains("Read-only file system", tried.Error, StringComparison.Ordinal);
        }

        Assert.NotEqual(0, Run("mount -o remount,rw,bind /run/clearance").ExitCode);
        Assert.Equal("clearance.sock", Run("ls -A /run/clearance").Expect(0).Output.Trim());
        Run($"test ! -e '{_manager.Runtime}' && test ! -e /run/user && test ! -e '{_manager.Home}/.config'").Expect(0);
        Run("clearance status").Expect(127);
        _manager.Clearance("ask", "--ask-socket", _socket.Path, "--action", "demo.via").Expect(0);
    }

    /// <summary>Where cgroups are mounted in the old way beside the new one, crun refuses and runc does not.</summary>
    private void ChooseRuntime()
    {
        var reasons = "";
        foreach (var runtime in Runtimes)
        {
            _runtime = runtime;
            var tried = Run("true");
            if (tried.ExitCode == 0)
            {
                return;
            }

            reasons += $" {runtime}: {tried.Error.Trim()}";
        }

        Assert.Skip("podman cannot run a container here." + reasons);
    }

    private CommandResult Run(string script) => Recipe(["claude", "--network=none", "--", "clearance-test", "/bin/sh", "-c", script]);

    private CommandResult Recipe(IEnumerable<string> arguments) => Podman([Path.Combine(_manager.Tree, "packaging", "sandbox", "clearance-podman"), .. arguments]);

    private CommandResult Podman(IEnumerable<string> command)
    {
        var configuration = Path.Combine(_manager.Home, "containers.conf");
        _manager.WriteFile(configuration, $"[engine]\nruntime = \"{_runtime}\"\ncgroup_manager = \"cgroupfs\"\nevents_logger = \"file\"\n");
        return _manager.Run(["env", $"CONTAINERS_CONF={configuration}", "STORAGE_DRIVER=vfs", .. command]);
    }
}
