using System.Net.Sockets;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.HandlersMode;
using ClearanceDaemon.Tests.HandlersMode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UnixPeers;

namespace ClearanceDaemon.Tests.Handlers;

/// <summary>A host on the core and a handlers process beside it, both within this process, with the manifests of a directory.</summary>
internal sealed class HandlerHost : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _root = Directory.CreateTempSubdirectory("clearance-handlers-").FullName;
    private readonly UnixListener _listener;
    private readonly HandlersServer _handlers;
    private readonly Thread _thread;
    private readonly IHost _host;

    public HandlerHost(Action<string>? prepare = null, Action<IServiceCollection>? services = null)
    {
        Directory.CreateDirectory(Manifests, OwnerOnly);
        prepare?.Invoke(Manifests);
        _listener = UnixListener.Bind(UnixAddress.FromPath(Path.Combine(_root, "handlers", "s")), new() { Label = "handlers", OwnsDirectory = true });
        _handlers = new(new() { Listener = _listener.Handle, LoadManifests = () => ManifestLoader.Load([Manifests]).Manifests, Logs = new ListLog() });
        _thread = new Thread(_handlers.Run);
        _thread.Start();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddClearanceDaemon(
            new()
            {
                Sockets = [Bind("ask", CallerRoles.Ask), Bind("operator", CallerRoles.Operator)],
                RulePaths = [Path.Combine(_root, "rules.d")],
                HandlerPaths = [Manifests],
                HandlersSocket = _listener.Address.Path,
                ShieldSocket = Path.Combine(_root, "shield", "s"),
                StateDirectory = Path.Combine(_root, "state"),
            },
            new());
        services?.Invoke(builder.Services);
        _host = builder.Build();
        _host.Start();
    }

    public string Manifests => Path.Combine(_root, "handlers.d");

    public LineClient Connect(string socket) => new(new UnixDomainSocketEndPoint(Path.Combine(_root, socket, "s")));

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        _handlers.Stop("the test is over");
        Assert.True(_thread.Join(Eventually.Limit), "the handlers process ends");
        _handlers.Dispose();
        _listener.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private ServedSocket Bind(string name, CallerRoles role) =>
        new(name, role, UnixListener.Bind(UnixAddress.FromPath(Path.Combine(_root, name, "s")), new() { Label = name, OwnsDirectory = true }));
}
