using System.Net.Sockets;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>A reactor on its own thread behind a real listening socket, whose connections get <see cref="ScriptedSink"/>s.</summary>
public sealed class ReactorFixture : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("reactor-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Thread _thread;

    internal ReactorFixture(IPoller poller, ReactorLimits? limits = null, int lineCap = 1024)
    {
        Reactor = new(poller, Turn, limits ?? new(), new TurnTimers());
        EndPoint = new(Path.Combine(_directory, "s"));
        _listener.Bind(EndPoint);
        _listener.Listen(512);
        Port = Reactor.Listen((int)_listener.Handle, lineCap, Acceptor);
        _thread = new(Reactor.Run) { IsBackground = true };
        _thread.Start();
    }

    public UnixDomainSocketEndPoint EndPoint { get; }

    internal Reactor Reactor { get; }

    internal ListenerPort Port { get; }

    internal ScriptedTurn Turn { get; } = new();

    internal ScriptedAcceptor Acceptor { get; } = new();

    public LineClient Connect() => new(EndPoint);

    /// <summary>Runs something on the reactor's thread and waits for it.</summary>
    public T OnReactor<T>(Func<T> get)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Reactor.Post(() => done.SetResult(get()));
        Assert.True(done.Task.Wait(Eventually.Limit), "the reactor did not run posted work");
        return done.Task.Result;
    }

    public void Dispose()
    {
        Reactor.Stop();
        Assert.True(_thread.Join(Eventually.Limit), "the reactor did not stop");
        Reactor.Dispose();
        _listener.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
