using System.Collections.Concurrent;
using ClearanceDaemon.Core.ServiceManager;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

/// <summary>A service whose loop turns when the test says so.</summary>
internal sealed class FakeService : IManagedService
{
    private readonly ConcurrentQueue<Action> _whileAlive = new();

    public string Status { get; set; } = "all well";

    public Func<Task> Reload { get; set; } = static () => Task.CompletedTask;

    public TimeSpan? Period { get; private set; }

    public Task ReloadAsync() => Reload();

    public void EveryWhileAlive(TimeSpan period, Action action)
    {
        Period = period;
        _whileAlive.Enqueue(action);
    }

    public void Turn()
    {
        foreach (var action in _whileAlive)
        {
            action();
        }
    }
}
