using System.Xml.Linq;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The scripts a newcomer runs, and the units and the agent they install.</summary>
public sealed class PackagingTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void The_demo_runs_and_leaves_nothing_behind()
    {
        Repository.RequireNative();
        var environment = new Dictionary<string, string>(_home.Environment) { ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/root" };
        var demo = Command.Run(environment, null, Script("demo")).Expect(0);
        Assert.Contains("allowed by rule:github", demo.Output, StringComparison.Ordinal);
        Assert.Contains("use trash-put", demo.Output, StringComparison.Ordinal);
        Assert.Contains("(exit code 2)", demo.Output, StringComparison.Ordinal);
        Assert.Contains("\"by\":\"rule:github\"", demo.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_home.Environment["TMPDIR"]));
        Assert.Empty(Directory.GetFiles(_home.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Without_a_manager_the_installer_says_what_it_did_and_how_to_start_by_hand()
    {
        Repository.RequireNative();
        var prefix = Path.Combine(_home.Root, "pre fix");
        var installed = Command.Run(_home.Environment, null, Script("install"), "--prefix", prefix).Expect(0);
        Assert.Contains("no systemd user manager answers here", installed.Output, StringComparison.Ordinal);
        Assert.Contains($"{prefix}/bin/clearanced", installed.Output, StringComparison.Ordinal);
        var service = File.ReadAllText(Path.Combine(_home.Root, "config", "systemd", "user", "clearanced.service"));
        Assert.Contains($"ExecStart=\"{prefix}/bin/clearanced\"", service, StringComparison.Ordinal);
        Assert.Equal(0x1ED, Lstat.Permissions(Path.Combine(prefix, "bin", "clearance")));
        var askpass = Command.Run(_home.Environment, null, Path.Combine(prefix, "bin", "clearance-askpass"), "Enter passphrase: ").Expect(1);
        Assert.Contains("askpass only confirms", askpass.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstalling_takes_back_what_was_installed_and_leaves_the_rules()
    {
        Repository.RequireNative();
        _home.WriteRules();
        var prefix = Path.Combine(_home.Root, "prefix");
        Command.Run(_home.Environment, null, Script("install"), "--prefix", prefix).Expect(0);
        var gone = Command.Run(_home.Environment, null, Script("install"), "--prefix", prefix, "--uninstall").Expect(0);
        Assert.Contains("left alone", gone.Output, StringComparison.Ordinal);
        var left = Directory.GetFiles(_home.Root, "*", SearchOption.AllDirectories);
        Assert.Equal([Path.Combine(_home.Root, "config", "clearance", "rules.d", "10-demo.json")], left);
    }

    [Theory]
    [InlineData("--prefix", "relative")]
    [InlineData("--prefix", "/with\"quote")]
    [InlineData("--prefix", "/with%h")]
    [InlineData("--nonsense", "x")]
    public void The_installer_refuses_what_it_cannot_put_into_a_unit(string option, string value)
    {
        Command.Run(_home.Environment, null, Script("install"), option, value).Expect(64);
        Assert.Empty(Directory.GetFiles(_home.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_units_are_free_of_anything_systemd_does_not_know()
    {
        Repository.RequireTool("systemd-analyze");
        var units = Path.Combine(_home.Root, "units");
        Directory.CreateDirectory(units);
        foreach (var unit in Directory.GetFiles(Path.Combine(Repository.Root, "systemd")))
        {
            File.WriteAllText(Path.Combine(units, Path.GetFileName(unit)), File.ReadAllText(unit).Replace("@BINDIR@/clearanced", "/bin/true", StringComparison.Ordinal).Replace("@BINDIR@/clearance", "/bin/true", StringComparison.Ordinal));
        }

        var verified = Command.Run(_home.Environment, null, ["systemd-analyze", "--user", "verify", "--man=no", .. Directory.GetFiles(units)]);
        Assert.DoesNotContain(units, verified.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_the_service_makes_a_namespace()
    {
        var service = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", "clearanced.service"));
        string[] makers = ["Private", "Protect", "ReadOnlyPaths", "ReadWritePaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths", "BindPaths", "BindReadOnlyPaths",
            "TemporaryFileSystem", "RootDirectory", "RootImage", "ProcSubset", "DynamicUser", "RuntimeDirectory", "MountAPIVFS", "NetworkNamespacePath"];
        Assert.DoesNotContain(service, line => makers.Any(maker => line.StartsWith(maker, StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_in_the_handlers_service_forbids_what_handlers_need()
    {
        var service = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", "clearance-handlers.service"));
        // What compiles as it runs, what is set-uid, and what makes namespaces or netlink sockets has to work in it.
        string[] forbidders = ["MemoryDeny", "NoNew", "SystemCall", "Restrict", "Lock", "Private", "Protect", "CapabilityBoundingSet", "NoExecPaths", "DynamicUser"];
        Assert.DoesNotContain(service, line => forbidders.Any(forbidder => line.StartsWith(forbidder, StringComparison.Ordinal) && !line.StartsWith("RestartPrevent", StringComparison.Ordinal)));
        Assert.Contains("KillMode=control-group", service);
        Assert.Contains("LimitCORE=0", service);
        Assert.Contains("ExecStart=\"@BINDIR@/clearanced\" --handlers", service);
    }

    [Fact]
    public void The_daemon_wants_the_handlers_socket_and_can_do_without()
    {
        var service = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", "clearanced.service"));
        Assert.Contains("Wants=clearance-handlers.socket", service);
        Assert.DoesNotContain(service, line => line.Contains("handlers", StringComparison.Ordinal) && line.StartsWith("Requires=", StringComparison.Ordinal));
        Assert.Contains("MemoryDenyWriteExecute=yes", service);
    }

    [Theory]
    [InlineData("clearance.socket", "ask")]
    [InlineData("clearance-operator.socket", "operator")]
    [InlineData("clearance-handlers.socket", "handlers")]
    public void Every_socket_is_private_and_stormproof(string unit, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", unit));
        string[] expected = [$"ListenStream=%t/clearance/{name}/clearance.sock", $"FileDescriptorName={name}", "SocketMode=0600", "DirectoryMode=0700", "TriggerLimitBurst=200"];
        Assert.All(expected, line => Assert.Contains(line, lines));
    }

    [Fact]
    public void The_socket_of_terok_shield_is_private_and_nobodys_until_it_is_enabled()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", "clearance-terok-shield.socket"));
        string[] expected = ["ListenStream=%t/terok-shield-events.sock", "FileDescriptorName=terok-shield", "SocketMode=0600", "Service=clearanced.service", "TriggerLimitBurst=200"];
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.DoesNotContain("terok", File.ReadAllText(Path.Combine(Repository.Root, "systemd", "clearanced.service")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clearanced", new[] { "/usr/local/bin/clearanced" }, new[] { "ask", "operator" })]
    [InlineData("handlers", new[] { "/usr/local/bin/clearanced", "--handlers" }, new[] { "handlers" })]
    public void A_launchd_agent_is_a_property_list_with_its_sockets_private(string name, string[] program, string[] sockets)
    {
        Repository.RequireTool("plistutil");
        var plist = Path.Combine(_home.Root, "agent.plist");
        var template = File.ReadAllText(Path.Combine(Repository.Root, "launchd", $"org.clearancedaemon.{name}.plist.in"));
        File.WriteAllText(plist, template.Replace("@BINDIR@", "/usr/local/bin", StringComparison.Ordinal).Replace("@RUNDIR@", "/Users/me/run", StringComparison.Ordinal));
        // Through the binary form and back: only what is a property list survives that.
        var binary = Path.Combine(_home.Root, "agent.bin");
        Command.Run(_home.Environment, null, "plistutil", "-i", plist, "-o", binary, "-f", "bin").Expect(0);
        var text = Command.Run(_home.Environment, null, "plistutil", "-i", binary, "-f", "xml").Expect(0).Output;
        Assert.DoesNotContain("@", text, StringComparison.Ordinal);
        var agent = Values(XDocument.Parse(text).Root!.Element("dict")!);
        Assert.Equal(sockets, Values(agent["Sockets"]).Keys);
        foreach (var (key, dictionary) in Values(agent["Sockets"]))
        {
            var socket = Values(dictionary);
            Assert.Equal($"/Users/me/run/{key}/clearance.sock", socket["SockPathName"].Value);
            Assert.Equal("384", socket["SockPathMode"].Value);
        }

        Assert.Equal($"org.clearancedaemon.{name}", agent["Label"].Value);
        Assert.Equal(program, agent["ProgramArguments"].Elements("string").Select(word => word.Value));
        Assert.Equal("63", agent["Umask"].Value);
    }

    private static Dictionary<string, XElement> Values(XElement dict) =>
        dict.Elements("key").ToDictionary(key => key.Value, key => (XElement)key.NextNode!);

    private static string Script(string name) => Path.Combine(Repository.Root, "packaging", name);
}
