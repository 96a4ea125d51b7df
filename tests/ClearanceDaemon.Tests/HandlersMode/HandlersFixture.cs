using System.Net.Sockets;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.HandlersMode;
using UnixPeers;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>A handlers process within this one, with manifests that a test writes, one connection to it, and its log. At the end nothing of it may be left.</summary>
internal sealed class HandlersFixture : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly List<Manifest> _manifests = [];
    private readonly ListLog _log = new();
    private readonly UnixListener _listener;
    private readonly HandlersServer _server;
    private readonly Thread _thread;
    private readonly string _oldTemp;
    private LineClient? _client;
    private int _lastId;

    public HandlersFixture(TimeSpan? idleExit = null)
    {
        _oldTemp = Environment.GetEnvironmentVariable("TMPDIR") ?? "";
        Root = Directory.CreateTempSubdirectory("clearance-handlers-").FullName;

        // One of the variables that every handler gets, so that its children can be told from all others.
        Environment.SetEnvironmentVariable("TMPDIR", Root);
        _listener = UnixListener.Bind(UnixAddress.FromPath(Path.Combine(Root, "s", "sock")), new() { Label = "test", OwnsDirectory = true });
        _server = new(new() { Listener = _listener.Handle, LoadManifests = () => Manifests(), Logs = _log, IdleExit = idleExit });
        _thread = new Thread(_server.Run);
        _thread.Start();
    }

    public string Root { get; }

    public int Loads { get; private set; }

    public string Log => _log.Text;

    public LineClient Client => _client ??= Connect();

    public LineClient Connect() => new(new UnixDomainSocketEndPoint(_listener.Address.Path!));

    /// <summary>A handler whose program is a script.</summary>
    public Manifest Add(string name, string script, ManifestMode mode = ManifestMode.Kept, double seconds = 30, int maxOutput = 4096, int concurrency = 4)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, Executable);
        return Add(new()
        {
            Name = name,
            File = path + ".json",
            Sha256 = Guid.NewGuid().ToString("N"),
            Exec = [path],
            Methods = new Dictionary<string, Core.Dispatch.CallerRoles>(),
            Decides = [],
            Effects = [],
            Mode = mode,
            Deadline = TimeSpan.FromSeconds(seconds),
            MaxOutput = maxOutput,
            Concurrency = concurrency,
        });
    }

    public Manifest Add(Manifest manifest)
    {
        lock (_manifests)
        {
            _manifests.RemoveAll(other => other.Name == manifest.Name);
            _manifests.Add(manifest);
        }

        return manifest;
    }

    public int Send(Order order)
    {
        Client.Send(Orders.Line(++_lastId, order) + "\n");
        return _lastId;
    }

    /// <summary>The next reply's result, whichever order it is for.</summary>
    public (int Id, JsonElement Result) Next()
    {
        using var reply = JsonDocument.Parse(Client.ReadLine() ?? throw new EndOfStreamException(Log));
        Assert.True(reply.RootElement.TryGetProperty("result", out var result), reply.RootElement.GetRawText());
        return (reply.RootElement.GetProperty("id").GetInt32(), result.Clone());
    }

    public JsonElement Run(Order order)
    {
        var id = Send(order);
        var (answered, result) = Next();
        Assert.Equal(id, answered);
        return result;
    }

    public JsonElement Run(Manifest manifest, string request = Orders.HelloRequest, bool test = false) =>
        Run(Orders.Call(manifest.Name, manifest.Sha256, request, test));

    /// <summary>Runs an order that must fail in this way, and returns its failure.</summary>
    public JsonElement Fails(string why, Manifest manifest, string request = Orders.HelloRequest)
    {
        var result = Run(manifest, request);
        Assert.True(result.TryGetProperty("failure", out var failure), result.GetRawText());
        Assert.Equal(why, failure.GetProperty("why").GetString());
        Assert.Contains(manifest.Name, failure.GetProperty("message").GetString(), StringComparison.Ordinal);
        return failure;
    }

    public string Call(string method, string parameters) =>
        Client.Ask($$"""{"jsonrpc":"2.0","id":{{++_lastId}},"method":"{{method}}","params":{{parameters}}}""");

    /// <summary>Nothing lives that came of any handler.</summary>
    public void AssertNoProcess() => Eventually.True(() => Mine().Count == 0 && Descendants.Zombies().Count == 0, "all processes are gone: " + string.Join("; ", Mine()));

    public List<string> Mine() => Descendants.WithMarker("TMPDIR=" + Root + "\0");

    public bool HasEnded => !_thread.IsAlive;

    public void Dispose()
    {
        _client?.Dispose();
        _server.Stop("the test is over");
        Assert.True(_thread.Join(Eventually.Limit), "the server ends");
        var left = Mine();
        _server.Dispose();
        _listener.Dispose();
        Environment.SetEnvironmentVariable("TMPDIR", _oldTemp.Length == 0 ? null : _oldTemp);
        Directory.Delete(Root, recursive: true);
        Assert.True(left.Count == 0, "left behind: " + string.Join("; ", left));
    }

    private List<Manifest> Manifests()
    {
        lock (_manifests)
        {
            Loads++;
            return [.. _manifests];
        }
    }
}
