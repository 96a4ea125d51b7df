using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>
/// Mutates real lines with a fixed seed and compares <see cref="RpcRequestReader"/> with the same rules written over
/// System.Text.Json.
/// </summary>
public sealed class RpcRequestFuzzTests
{
    private const int Lines = 1_000_000;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"jsonrpc":"2.0","id":1,"method":"clearance.ping","params":{}}""",
            """{"jsonrpc":"2.0","id":"a\u0062","method":"clearance.ask","params":{"action":"net.connect","details":{"a":1,"b":true}}}""",
            """{"id":-5,"method":"m","params":{"a":[1,2.5e3,null,[[]]],"é":"\ud83d\ude00"},"jsonrpc":"2.0"}""",
            """{"jsonrpc":"2.0","id":3,"method":"x","params":{"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":0,"k":0,"l":0,"m":0,"n":0,"o":0,"p":0,"q":{}}}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\r", "\"a\":1,", "\"\\u0061\":1,", "\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u00e9", "\\n",
            "null", "true", "1e5", "0", "-", ".", "\"id\":2,", "\"params\":{},", "\uFEFF", "é", "😀", "\t", "\0", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc3],
        [0xed, 0xa0, 0x80],
    ];

    [Fact]
    public void B36_a_million_mutated_lines_are_read_as_the_oracle_reads_them()
    {
        var random = new Random(20_261_120);
        var line = new List<byte>();
        var reply = new LineBuffer();
        var accepted = 0;
        for (var round = 0; round < Lines; round++)
        {
            line.Clear();
            line.AddRange(Seeds[random.Next(Seeds.Length)]);
            for (var count = random.Next(4); count > 0; count--)
            {
                Mutate(line, random);
            }

            var bytes = line.ToArray();
            var outcome = Read(bytes, reply);
            if (outcome != Oracle(bytes))
            {
                Assert.Fail($"Round {round}: reader says {outcome}, oracle {!outcome} for {Convert.ToHexString(bytes)} {Encoding.UTF8.GetString(bytes)}");
            }

            accepted += outcome ? 1 : 0;
        }

        Assert.InRange(accepted, Lines / 10, Lines * 9 / 10);
    }

    private static bool Read(byte[] line, LineBuffer reply)
    {
        if (RpcRequestReader.TryRead(line, out _, out var fault))
        {
            return true;
        }

        // Every refusal makes a well formed reply, whatever id and member it echoes.
        reply.Truncate(0);
        RpcWriter.Error(reply, fault);
        var reader = new Utf8JsonReader(reply.Written);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }

        return false;
    }

    private static void Mutate(List<byte> line, Random random)
    {
        var at = random.Next(line.Count + 1);
        var length = Math.Min(random.Next(1, 12), line.Count - at);
        switch (random.Next(6))
        {
            case 0 when at < line.Count:
                line[at] = (byte)random.Next(256);
                break;
            case 1:
                line.RemoveRange(at, length);
                break;
            case 2:
                line.InsertRange(random.Next(line.Count + 1), line.GetRange(at, length));
                break;
            case 3 when at < line.Count:
                line[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                line.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }

    private static bool Oracle(byte[] line)
    {
        try
        {
            StrictUtf8.GetCharCount(line);
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = ProtocolLimits.JsonDepth });
            return IsSound(document.RootElement) && IsRequest(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Throws for lone surrogates, since GetString does.</summary>
    private static bool IsSound(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => !element.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().All(IsSound),
        JsonValueKind.Object => element.EnumerateObject().All(static m => !m.Name.Contains('\0', StringComparison.Ordinal) && IsSound(m.Value)),
        _ => true,
    };

    private static bool IsRequest(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.EnumerateObject().All(static m => m.Name is "jsonrpc" or "id" or "method" or "params")
        && root.TryGetProperty("jsonrpc", out var version) && version.GetRawText() == "\"2.0\""
        && root.TryGetProperty("id", out var id) && IsId(id)
        && root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String
        && (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind == JsonValueKind.Object);

    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number => id.TryGetInt64(out _) && id.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0,
        JsonValueKind.String => Encoding.UTF8.GetByteCount(id.GetString()!) <= ProtocolLimits.IdBytes,
        _ => false,
    };
}
