using System.Collections.Concurrent;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A method that answers when the test says so, first come first served.</summary>
public sealed class SlowHandler : IRequestHandler
{
    public const string Line = """{"jsonrpc":"2.0","id":1,"method":"test.slow"}""" + "\n";
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = [];
    private int _seen;

    public string Method => "test.slow";

    public CallerRoles Callers => CallerRoles.Any;

    /// <summary>How many came.</summary>
    public int Waiting => Volatile.Read(ref _seen);

    public void AddTo(IServiceCollection services) => services.AddSingleton<IRequestHandler>(this);

    public void ReleaseOne()
    {
        Assert.True(_waiting.TryDequeue(out var first));
        first.SetResult();
    }

    public async ValueTask HandleAsync(RequestContext request)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(released);
        Interlocked.Increment(ref _seen);
        await released.Task;
        request.Succeed(new() { Pong = true, Pid = 1 }, ProtocolJson.Default.PingResult);
    }
}
