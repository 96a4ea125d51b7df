using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Mutated lines, a million together, against the whole server: each gets one well formed answer, and the daemon goes on.</summary>
public sealed class ServerFuzzTests
{
    private const string End = "the end of it";
    private const int ChunkBytes = 64 * 1024;

    private static readonly byte[][] AskSeeds = Lines(
        """{"jsonrpc":"2.0","id":1,"method":"clearance.ping","params":{}}""",
        """{"jsonrpc":"2.0","id":"x","method":"clearance.hello"}""",
        """{"jsonrpc":"2.0","id":2,"method":"clearance.ask","params":{"action":"demo.read","resource":"a:1"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"clearance.ask","params":{"action":"demo.write","argv":["rm","-rf"],"as":"parent","wait":"0s"}}""",
        """{"jsonrpc":"2.0","id":4,"method":"clearance.ask","params":{"action":"demo.x","details":{"a":1,"b":true,"c":"d"},"title":"t","reason":"r","wait":"0s"}}""",
        """{"jsonrpc":"2.0","id":5,"method":"clearance.wait","params":{"id":"00000000000000000000000000000000","wait":"1ms"}}""",
        """{"jsonrpc":"2.0","id":6,"method":"clearance.withdraw","params":{"key":"k"}}""");

    private static readonly byte[][] OperatorSeeds = Lines(
        """{"jsonrpc":"2.0","id":1,"method":"clearance.ping","params":{}}""",
        """{"jsonrpc":"2.0","id":2,"method":"daemon.status","params":{}}""",
        """{"jsonrpc":"2.0","id":3,"method":"rules.list","params":{}}""",
        """{"jsonrpc":"2.0","id":4,"method":"rules.explain","params":{"action":"demo.read","argv":["a"],"details":{"a":1}}}""",
        """{"jsonrpc":"2.0","id":5,"method":"clearance.hello","params":{}}""");

    private static readonly byte[][] Tokens =
    [
        .. Lines("{", "}", "[", "]", ",", ":", "\"", "\\", "\r", "\\u0000", "\\ud800", "\\ud83d\\ude00", "null", "true", "1e5", "-", "0", "\"id\":2,", "\"params\":{},", "\"wait\":\"1d\",", "\uFEFF", "é"),
        [0xff],
        [0xed, 0xa0, 0x80],
        .. Lines(new string('[', 40)),
    ];

    [Theory]
    [InlineData("ask", 900_000)]
    [InlineData("operator", 100_000)]
    public void B36_every_mutated_line_has_one_well_formed_answer(string via, int lines)
    {
        using var daemon = new TestDaemon();
        using var client = daemon.Ask(via);
        var writer = new Thread(() => Write(client, via == "ask" ? AskSeeds : OperatorSeeds, lines));
        writer.Start();
        ReadAnswers(client.Socket, lines);
        writer.Join();
        Assert.Equal(End, TestDaemon.Parse(client.Ask($$"""{"jsonrpc":"2.0","id":"{{End}}","method":"clearance.ping"}""")).GetProperty("id").GetString());

        using var after = daemon.Ask();
        Assert.True(TestDaemon.Call(after, "clearance.ping").GetProperty("pong").GetBoolean());
        Assert.Equal("allowed", daemon.AskOnce("""{"action":"demo.read"}""").GetProperty("outcome").GetString());
    }

    private static void Write(LineClient client, byte[][] seeds, int lines)
    {
        var random = new Random(20_261_121);
        var line = new List<byte>();
        var chunk = new List<byte>();
        for (var at = 0; at < lines; at++)
        {
            line.Clear();
            line.AddRange(seeds[random.Next(seeds.Length)]);
            for (var count = random.Next(4); count > 0; count--)
            {
                Mutate(line, random);
            }

            chunk.AddRange(line);
            chunk.Add((byte)'\n');
            if (chunk.Count > ChunkBytes)
            {
                client.Send(chunk.ToArray());
                chunk.Clear();
            }
        }

        client.Send(chunk.ToArray());
    }

    private static void Mutate(List<byte> line, Random random)
    {
        var at = random.Next(line.Count);
        var length = Math.Min(random.Next(1, 12), line.Count - at - 1);
        switch (random.Next(5))
        {
            case 0:
                line[at] = (byte)random.Next(256);
                break;
            case 1:
                line.RemoveRange(at, length);
                break;
            case 2:
                line.InsertRange(random.Next(line.Count), line.GetRange(at, length));
                break;
            case 3:
                line[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                line.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }

        // One line stays one line.
        for (var feed = line.IndexOf((byte)'\n'); feed >= 0; feed = line.IndexOf((byte)'\n'))
        {
            line[feed] = (byte)' ';
        }
    }

    /// <summary>Reads one well formed answer for each line; no ask of the seeds waits.</summary>
    private static void ReadAnswers(Socket socket, int lines)
    {
        var answers = 0;
        var buffer = new byte[4 * 1024 * 1024];
        var filled = 0;
        while (answers < lines)
        {
            var count = Receive(socket, buffer.AsSpan(filled));
            Assert.True(count > 0, $"the daemon closed or fell silent after {answers} answers to {lines} lines");
            filled += count;
            var start = 0;
            for (int length; (length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += length + 1)
            {
                AssertWellFormed(buffer.AsMemory(start, length));
                answers++;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }

        Assert.Equal((lines, 0), (answers, filled));
    }

    private static int Receive(Socket socket, Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return 0;
        }
    }

    private static void AssertWellFormed(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var reply = document.RootElement;
        Assert.Equal("2.0", reply.GetProperty("jsonrpc").GetString());
        Assert.True(reply.GetProperty("id").ValueKind is JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number);
        if (reply.TryGetProperty("error", out var error))
        {
            Assert.True(error.GetProperty("code").GetInt32() <= -32_000);
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
            Assert.False(error.GetProperty("data").GetProperty("code").GetString() is null or "" or "internal");
            return;
        }

        Assert.Equal(JsonValueKind.Object, reply.GetProperty("result").ValueKind);
    }

    private static byte[][] Lines(params string[] lines) => [.. lines.Select(Encoding.UTF8.GetBytes)];
}
