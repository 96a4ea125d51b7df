using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>Calls methods, one after the other, on one connection.</summary>
internal sealed class HandlerCaller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
    private readonly byte[] _answer = new byte[64 * 1024];

    public HandlerCaller(string socket) => _socket.Connect(new UnixDomainSocketEndPoint(socket));

    /// <summary>The answer's line.</summary>
    public string Call(string method, string parameters = "{}")
    {
        _socket.Send(Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{{{parameters}}}}""" + "\n"));
        return Encoding.UTF8.GetString(_answer, 0, _socket.Receive(_answer));
    }

    /// <summary>Waits until the daemon has read the manifests and the method answers.</summary>
    public void AwaitMethod(string method)
    {
        var since = Stopwatch.GetTimestamp();
        while (!Call(method).Contains("\"result\"", StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new BenchmarkException($"{method} does not answer: {Call(method)}");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Microseconds of each of so many calls.</summary>
    public double[] Time(string method, int calls)
    {
        var times = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var since = Stopwatch.GetTimestamp();
            var answer = Call(method);
            times[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
            if (!answer.Contains("\"result\"", StringComparison.Ordinal))
            {
                throw new BenchmarkException($"{method} failed: {answer}");
            }
        }

        return times;
    }

    public void Dispose() => _socket.Dispose();
}
