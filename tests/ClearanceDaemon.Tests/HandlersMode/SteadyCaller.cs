using System.Globalization;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>Calls a good handler again and again, on a connection and thread of its own, while something else goes on.</summary>
internal sealed class SteadyCaller : IDisposable
{
    private readonly LineClient _client;
    private readonly Thread _thread;
    private volatile bool _stop;
    private int _answered;
    private string? _problem;

    public SteadyCaller(HandlersFixture handlers, Manifest good)
    {
        _client = handlers.Connect();
        _thread = new Thread(() => Run(Orders.Line(1, Orders.Call(good.Name, good.Sha256))));
        _thread.Start();
        Eventually.True(() => Volatile.Read(ref _answered) > 0 || _problem is not null, "it is answered once");
    }

    /// <summary>It was answered all along, and still is.</summary>
    public void AssertAnswered()
    {
        var before = Volatile.Read(ref _answered);
        Eventually.True(() => Volatile.Read(ref _answered) > before + 5 || _problem is not null, string.Create(CultureInfo.InvariantCulture, $"more than {before} answers"));
        Assert.Null(_problem);
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _client.Dispose();
    }

    private void Run(string line)
    {
        while (!_stop && _problem is null)
        {
            var reply = _client.Ask(line);
            if (reply.Contains("\"failure\"", StringComparison.Ordinal))
            {
                _problem = reply;
            }

            Interlocked.Increment(ref _answered);
        }
    }
}
