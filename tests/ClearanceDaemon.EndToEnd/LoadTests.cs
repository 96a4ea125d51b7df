using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Much of everything against one native daemon: lines, connections, bytes without an end.</summary>
public sealed class LoadTests : IDisposable
{
    private const int AskLineBytes = 64 * 1024;

    private readonly TestHome _home;

    public LoadTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_thousand_pipelined_requests_come_back_a_thousand()
    {
        using var daemon = _home.Start();
        using var client = new LineClient(_home.AskSocket);
        var lines = new StringBuilder();
        for (var id = 1; id <= 1000; id++)
        {
            lines.Append(LineClient.Ask(id, "demo.read")).Append('\n');
        }

        // Written beside the reading: neither side's buffer holds a thousand of them.
        var writer = new Thread(() => client.Send(Encoding.UTF8.GetBytes(lines.ToString())));
        writer.Start();
        var answered = new HashSet<int>();
        while (answered.Count < 1000)
        {
            var answer = client.Receive() ?? throw new InvalidOperationException($"closed after {answered.Count} answers");
            Assert.Equal("allowed", answer.GetProperty("result").GetProperty("outcome").GetString());
            Assert.True(answered.Add(answer.GetProperty("id").GetInt32()));
        }

        writer.Join();
    }

    [Fact]
    public void B31_a_gigabyte_without_a_newline_is_cut_off_at_the_cap()
    {
        using var notify = new NotifySocket(_home);
        using var daemon = _home.Start();
        notify.ReceiveUntil("READY=1");
        using var bystander = new LineClient(_home.AskSocket);
        bystander.Exchange(LineClient.Ask(1, "demo.read"));
        // The first floods also read in code and grow the heap to its working size, so the least of a few is what a line holds.
        var growths = new List<long>();
        for (var round = 0; round < 5; round++)
        {
            ResetPeak(daemon.Pid);
            var before = PeakResident(daemon.Pid);
            var sent = Flood(1L << 30);
            Assert.True(sent < 1L << 24, $"the daemon took {sent} bytes of one line");
            growths.Add(PeakResident(daemon.Pid) - before);
        }

        Assert.True(growths.Min() < 4 * AskLineBytes, $"resident memory grew each time, by {string.Join(", ", growths)} bytes");
        Assert.True(growths.Sum() < 64 * AskLineBytes, $"resident memory grew by {string.Join(", ", growths)} bytes");
        Assert.Equal("allowed", bystander.Exchange(LineClient.Ask(2, "demo.read")).GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public void A_line_at_the_cap_is_read_and_one_byte_more_is_too_large()
    {
        using var daemon = _home.Start();
        using (var client = new LineClient(_home.AskSocket))
        {
            Assert.True(client.Exchange(PadTo(AskLineBytes)).TryGetProperty("result", out _));
        }

        using (var client = new LineClient(_home.AskSocket))
        {
            var error = client.Exchange(PadTo(AskLineBytes + 1)).GetProperty("error");
            Assert.Equal("too_large", error.GetProperty("data").GetProperty("code").GetString());
            Assert.Null(client.Receive());
        }
    }

    [Fact]
    public void B76_ten_thousand_idle_connections_or_what_the_hard_limit_has_room_for()
    {
        // What the daemon's own lowering of its limits leaves to one process. Root may lift the hard limit on most machines.
        var hard = Command.Run(_home.Environment, null, "/bin/sh", "-c", "ulimit -H -n 32768 2>/dev/null; ulimit -H -n").Expect(0).Output.Trim();
        var wanted = hard == "unlimited" ? 10_000 : Math.Min(10_000, ((((int.Parse(hard) - 64) / 4 * 3) - 256) * 3 / 4) - 1);
        Assert.SkipWhen(wanted < 2000, $"the hard limit on open files is {hard}: too low to tell anything about many connections");
        // The soft limit a login shell usually gives; the daemon has to raise it by itself.
        using var daemon = _home.StartThroughShell("ulimit -H -n 32768 2>/dev/null; ulimit -S -n 1024; exec \"$@\"");
        var idle = new List<Socket>(wanted);
        try
        {
            for (var i = 0; i < wanted; i++)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(_home.AskSocket));
                idle.Add(socket);
            }

            Until.True(() => CountDescriptors(daemon.Pid) >= wanted, $"the daemon to hold {wanted} connections; it holds {CountDescriptors(daemon.Pid)} descriptors");
            using var client = new LineClient(_home.AskSocket);
            Assert.Equal("allowed", client.Exchange(LineClient.Ask(1, "demo.read")).GetProperty("result").GetProperty("outcome").GetString());
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public void B37_descriptors_return_to_their_number_after_clients_that_drop()
    {
        using var daemon = _home.Start();
        using (var client = new LineClient(_home.AskSocket))
        {
            client.Exchange(LineClient.Ask(1, "demo.read"));
        }

        // It may still open a few of its own, to watch its files; a leak would be thousands.
        const int own = 20;
        var before = CountDescriptors(daemon.Pid);
        for (var i = 0; i < 2000; i++)
        {
            Assert.True(Daemon.Listens(_home.AskSocket));
        }

        Until.True(() => CountDescriptors(daemon.Pid) <= before + own, $"descriptors to return to about {before}");
    }

    [Fact]
    public void B37_out_of_descriptors_is_survived_and_over_when_they_come_back()
    {
        var prlimit = Repository.RequireTool("prlimit");
        using var daemon = _home.Start();
        // Room for eight more descriptors, fewer than knock. Its own quota was made for the limit it started with.
        var taken = Directory.GetFiles($"/proc/{daemon.Pid}/fd").Select(static path => int.Parse(Path.GetFileName(path))).ToHashSet();
        var room = Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(8);
        Command.Run(_home.Environment, null, prlimit, $"--pid={daemon.Pid}", $"--nofile={room}:").Expect(0);
        var crowd = Enumerable.Range(0, 16).Select(_ => new LineClient(_home.AskSocket)).ToList();
        try
        {
            var answers = crowd.Select(static client => PingOrRefusal(client)).ToList();
            Assert.Contains("pong", answers);
            Assert.Contains(answers, static answer => answer != "pong");
        }
        finally
        {
            crowd.ForEach(static client => client.Dispose());
        }

        daemon.WaitForAnswer(_home.AskSocket);
        Assert.False(daemon.HasExited, daemon.Log);
    }

    private static string PingOrRefusal(LineClient client)
    {
        try
        {
            client.Send(LineClient.Call(1, "clearance.ping"));
        }
        catch (IOException)
        {
            // Turned away already; the word is still there to be read.
        }

        var answer = client.Receive() ?? throw new InvalidOperationException("The daemon turned a client away without a word.");
        return answer.TryGetProperty("error", out var error) ? error.GetProperty("data").GetProperty("code").GetString()! : "pong";
    }

    private long Flood(long total)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_home.AskSocket));
        var sent = SendUntilClosed(socket, total);
        Assert.Contains("too_large", ReadAll(socket), StringComparison.Ordinal);
        return sent;
    }

    private static string PadTo(int bytes)
    {
        var line = LineClient.Ask(1, "demo.read");
        return line + new string(' ', bytes - line.Length);
    }

    private static long SendUntilClosed(Socket socket, long total)
    {
        var block = new byte[1 << 16];
        Array.Fill(block, (byte)'x');
        long sent = 0;
        try
        {
            while (sent < total)
            {
                sent += socket.Send(block);
            }
        }
        catch (SocketException)
        {
            // Closed by the daemon, which is what we wait for.
        }

        return sent;
    }

    private static string ReadAll(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = socket.Receive(buffer)) > 0;)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // The reset that follows the answer.
        }

        return text.ToString();
    }

    /// <summary>proc(5), clear_refs: 5 sets the peak back to what is resident now.</summary>
    private static void ResetPeak(int pid) => File.WriteAllText($"/proc/{pid}/clear_refs", "5");

    private static long PeakResident(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..^"kB".Length].Trim()) * 1024;
    }

    private static int CountDescriptors(int pid) => Directory.GetFiles($"/proc/{pid}/fd").Length;
}
