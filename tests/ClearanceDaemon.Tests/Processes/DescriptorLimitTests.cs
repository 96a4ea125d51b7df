using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>A daemon that runs out of descriptors, because the system lets it have few.</summary>
public sealed class DescriptorLimitTests : IDisposable
{
    private const int Limit = 200;
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"clearance.ping"}""";
    private readonly Home _home = new();

    public DescriptorLimitTests() => _home.WriteRules();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void B37_without_descriptors_callers_are_told_busy_the_others_are_served_and_all_is_well_again_afterwards()
    {
        using var notify = new NotifySocket(_home);
        using var daemon = DaemonProcess.StartCommand(_home, "/usr/bin/prlimit", $"--nofile={Limit}:{Limit}", DaemonProcess.Binary);

        // Until then the managed runtime still opens assemblies, and without descriptors it could not.
        Assert.Equal("READY=1", notify.Next());
        daemon.Result(_home.AskSocket, "clearance.ping");
        var clients = new List<LineClient>();
        string? refusal;
        do
        {
            Assert.True(clients.Count < Limit, "more connections than descriptors");
            clients.Add(daemon.Connect(_home.AskSocket));
        }
        while ((refusal = Answer(clients[^1]))?.Contains("pong", StringComparison.Ordinal) == true);

        Assert.True(refusal is null || refusal.Contains("\"busy\"", StringComparison.Ordinal), refusal);
        for (var i = 0; i < 10; i++)
        {
            using var another = daemon.Connect(_home.AskSocket);
            var told = Answer(another);
            Assert.True(told is null || told.Contains("\"busy\"", StringComparison.Ordinal), told);
        }

        foreach (var client in clients.SkipLast(1))
        {
            Assert.Contains("pong", client.Ask(Ping), StringComparison.Ordinal);
        }

        clients.ForEach(static client => client.Dispose());
        Eventually.True(() => Answers(daemon), "it takes connections again");
        Assert.Equal("allowed", daemon.Result(_home.AskSocket, "clearance.ask", """{"action":"demo.read"}""").GetProperty("outcome").GetString());
        Assert.Equal("ok", daemon.Result(_home.OperatorSocket, "daemon.status").GetProperty("state").GetString());
        Assert.Equal(0, daemon.Stop());
    }

    [Fact]
    public void B76_the_soft_limit_is_raised_to_the_hard_one()
    {
        using var daemon = DaemonProcess.StartCommand(_home, "/usr/bin/prlimit", "--nofile=100:600", DaemonProcess.Binary);
        daemon.Result(_home.AskSocket, "clearance.ping");
        var line = File.ReadLines($"/proc/{daemon.Pid}/limits").Single(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
        Assert.Equal(["600", "600"], line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..5]);
    }

    /// <summary>What a caller is told; null when the connection is closed.</summary>
    private static string? Answer(LineClient client)
    {
        try
        {
            client.Send(Ping + "\n");
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Turned away before it spoke: what it was told is still to be read.
        }

        return client.ReadLine();
    }

    private bool Answers(DaemonProcess daemon)
    {
        using var client = daemon.Connect(_home.AskSocket);
        if (Answer(client) is not { } line)
        {
            return false;
        }

        using var reply = JsonDocument.Parse(line);
        return reply.RootElement.TryGetProperty("result", out _);
    }
}
