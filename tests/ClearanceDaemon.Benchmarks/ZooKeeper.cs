namespace ClearanceDaemon.Benchmarks;

/// <summary>Calls handlers that never answer, all the time, on a thread of its own. Each call is a test, which no back-off keeps from being made.</summary>
internal sealed class ZooKeeper : IDisposable
{
    private readonly HandlerCaller _caller;
    private readonly Thread _thread;
    private volatile bool _stopped;

    public ZooKeeper(string socket)
    {
        _caller = new(socket);
        _thread = new Thread(Run);
        _thread.Start();
    }

    public int Calls { get; private set; }

    public void Stop()
    {
        _stopped = true;
        _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _caller.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            _ = _caller.Call("handlers.test", $$"""{"name":"zoo","method":"{{SampleHandlers.Zoo[Calls % SampleHandlers.Zoo.Length]}}"}""");
            Calls++;
        }
    }
}
