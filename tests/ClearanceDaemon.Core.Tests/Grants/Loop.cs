using System.Collections.Concurrent;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Stands for the reactor's thread: what is awaited on it goes on only while a test runs it.</summary>
internal sealed class Loop : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly BlockingCollection<Action> _queue = [];

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add(() => d(state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Does something on the loop and leaves what it awaits where it is.</summary>
    public T Do<T>(Func<T> action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs the loop until a task of it is done.</summary>
    public T Await<T>(Task<T> task)
    {
        // What ends without anyone on the loop waiting for it posts nothing by itself.
        task.ContinueWith(_ => _queue.Add(static () => { }), TaskScheduler.Default);
        Until(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs the loop until something that it does has come about.</summary>
    public void Until(Func<bool> done) => Do(() =>
    {
        while (!done())
        {
            Assert.True(_queue.TryTake(out var next, Patience), "nothing happened for twenty seconds");
            next();
        }

        return 0;
    });

    public T Run<T>(Func<Task<T>> start) => Await(Do(start));
}
