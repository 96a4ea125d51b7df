using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Tests.Connecting;

/// <summary>Flag before environment before default, and whose daemon is believed.</summary>
[Collection("XDG_RUNTIME_DIR")]
public sealed class DaemonAddressTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Fact]
    public void AFlagBeatsTheEnvironment()
    {
        _variables["CLEARANCE_ASK_SOCKET"] = "/env/ask";
        _variables["CLEARANCE_OPERATOR_SOCKET"] = "/env/operator";
        Assert.Equal("/flag/ask", Resolve("ask", new(null, "/flag/ask", null)));
        Assert.Equal("/env/operator", Resolve("operator", new(null, "/flag/ask", null)));
        Assert.Equal("/flag/operator", Resolve("operator", new(null, null, "/flag/operator")));
        Assert.Equal("/env/ask", Resolve("ask", default));
    }

    [Fact]
    public void AnInstanceOnTheCommandLineBeatsAnInheritedSocket()
    {
        using var runtime = new RuntimeDirectoryVariable();
        _variables["CLEARANCE_ASK_SOCKET"] = "/env/ask";
        Assert.Equal($"{runtime.Path}/clearance-work/ask/clearance.sock", Resolve("ask", new("work", null, null)));
        Assert.Equal("/flag/ask", Resolve("ask", new("work", "/flag/ask", null)));
    }

    [Fact]
    public void WithoutAnythingItIsTheDefaultInstance()
    {
        using var runtime = new RuntimeDirectoryVariable();
        Assert.Equal($"{runtime.Path}/clearance/ask/clearance.sock", Resolve("ask", default));
        Assert.Equal($"{runtime.Path}/clearance/operator/clearance.sock", Resolve("operator", default));
        _variables["CLEARANCE_INSTANCE"] = "env";
        Assert.Equal($"{runtime.Path}/clearance-env/operator/clearance.sock", Resolve("operator", default));
        Assert.Equal($"{runtime.Path}/clearance-flag/operator/clearance.sock", Resolve("operator", new("flag", null, null)));
    }

    [Fact]
    public void AnEmptyVariableIsUnset()
    {
        using var runtime = new RuntimeDirectoryVariable();
        _variables["CLEARANCE_ASK_SOCKET"] = "";
        _variables["CLEARANCE_INSTANCE"] = "";
        _variables["CLEARANCE_SERVER_UID"] = "";
        Assert.Equal($"{runtime.Path}/clearance/ask/clearance.sock", Resolve("ask", default));
        Assert.Equal(LibC.geteuid(), DaemonAddress.ServerUid(Surroundings()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Work")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaa")]
    public void ABadInstanceIsRefused(string name)
    {
        var fault = Assert.Throws<UsageException>(() => Resolve("ask", new(name, null, null)));
        Assert.Contains("--instance", fault.Message);
        if (name.Length > 0)
        {
            _variables["CLEARANCE_INSTANCE"] = name;
            Assert.Contains("CLEARANCE_INSTANCE", Assert.Throws<UsageException>(() => Resolve("ask", default)).Message);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("my_agent-2")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    public void AGoodInstanceIsTaken(string name) => Assert.Equal(name, InstanceName.OfBaseName(InstanceName.BaseName(name)));

    [Theory]
    [InlineData("clearance", "")]
    [InlineData("clearance-x", "x")]
    [InlineData("clearance-", null)]
    [InlineData("clearance-X", null)]
    [InlineData("clearances", null)]
    [InlineData("dbus-1", null)]
    public void OnlyItsOwnDirectoriesAreInstances(string directory, string? name) => Assert.Equal(name, InstanceName.OfBaseName(directory));

    [Theory]
    [InlineData("relative/path")]
    [InlineData("@")]
    public void ABadAddressNamesWhereItCameFrom(string address)
    {
        Assert.Contains("--ask-socket", Assert.Throws<UsageException>(() => Resolve("ask", new(null, address, null))).Message);
        _variables["CLEARANCE_OPERATOR_SOCKET"] = address;
        Assert.Contains("CLEARANCE_OPERATOR_SOCKET", Assert.Throws<UsageException>(() => Resolve("operator", default)).Message);
    }

    [Fact]
    public void APathOf108BytesIsRefusedWithTheLimit()
    {
        var fault = Assert.Throws<UsageException>(() => Resolve("ask", new(null, "/" + new string('a', 107), null)));
        Assert.Contains("108", fault.Message);
        Assert.Equal(107, Resolve("ask", new(null, "/" + new string('a', 106), null)).Length);
    }

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("1000", 1000u)]
    [InlineData("2147483648", 2147483648u)]
    [InlineData("4294967294", 4294967294u)]
    public void TheServersUidCanBeNamed(string text, uint uid)
    {
        _variables["CLEARANCE_SERVER_UID"] = text;
        Assert.Equal(uid, DaemonAddress.ServerUid(Surroundings()));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("4294967295")]
    [InlineData("4294967296")]
    [InlineData("root")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    public void AUidThatIsNoneIsRefused(string text)
    {
        _variables["CLEARANCE_SERVER_UID"] = text;
        Assert.Contains("CLEARANCE_SERVER_UID", Assert.Throws<UsageException>(() => DaemonAddress.ServerUid(Surroundings())).Message);
    }

    private string Resolve(string role, AddressFlags flags) => DaemonAddress.Resolve(role, flags, Surroundings()).ToString();

    private Surroundings Surroundings() => new()
    {
        Out = Stream.Null,
        Error = Stream.Null,
        OutIsTerminal = () => false,
        ErrorIsTerminal = () => false,
        Variable = name => _variables.GetValueOrDefault(name),
        Uid = LibC.geteuid(),
        ExitOnInterrupt = _ => null,
    };
}
