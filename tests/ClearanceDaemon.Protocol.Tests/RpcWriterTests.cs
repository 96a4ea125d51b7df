using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class RpcWriterTests
{
    private readonly LineBuffer _line = new();

    private string Written => Encoding.UTF8.GetString(_line.Written);

    [Fact]
    public void A_result_is_one_line()
    {
        RpcWriter.Result(_line, "12"u8, """{"pong":true,"pid":1}"""u8);
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":12,\"result\":{\"pong\":true,\"pid\":1}}\n", Written);
    }

    [Fact]
    public void Replies_follow_each_other_in_one_buffer()
    {
        RpcWriter.BeginResult(_line, "\"a\""u8);
        _line.Raw("{}"u8);
        RpcWriter.EndResult(_line);
        RpcWriter.Notification(_line, "clearance.asked"u8, "{\"request\":1}"u8);
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}\n{\"jsonrpc\":\"2.0\",\"method\":\"clearance.asked\",\"params\":{\"request\":1}}\n", Written);
    }

    [Fact]
    public void An_error_has_its_number_and_name()
    {
        RpcWriter.Error(_line, default, RpcErrorCode.ParseError, "no \"JSON\""u8);
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"no \\\"JSON\\\"\",\"data\":{\"code\":\"parse_error\"}}}\n", Written);
    }

    [Fact]
    public void An_error_may_name_a_member_and_a_time()
    {
        RpcWriter.Error(_line, "1"u8, RpcErrorCode.Busy, "later"u8, "a\"b"u8, TimeSpan.FromSeconds(90));
        Assert.Equal(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32003,\"message\":\"later\",\"data\":{\"code\":\"busy\",\"member\":\"a\\\"b\",\"retryAfter\":\"90s\"}}}\n",
            Written);
    }

    [Fact]
    public void Every_code_is_in_the_table_once()
    {
        var codes = Enum.GetValues<RpcErrorCode>().Where(static c => c != RpcErrorCode.None).ToArray();
        Assert.Equal(13, codes.Length);
        Assert.Equal(codes.Length, codes.Select(RpcErrorCodes.Text).Distinct().Count());
        Assert.All(codes, static code => Assert.Equal(code, RpcErrorCodes.From((int)code)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RpcErrorCodes.Text(RpcErrorCode.None));
        Assert.All(new long[] { 0, 1, -1, -32000, int.MinValue, long.MinValue, long.MaxValue, -32700L - (1L << 32) }, static n => Assert.Equal(RpcErrorCode.None, RpcErrorCodes.From(n)));
    }

    [Fact]
    public void Every_line_is_json_and_allocates_nothing()
    {
        Write();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        foreach (var line in Written.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            Assert.Equal("2.0", document.RootElement.GetProperty("jsonrpc").GetString());
        }
    }

    private void Write()
    {
        _line.Truncate(0);
        RpcWriter.Result(_line, "12"u8, "{}"u8);
        RpcWriter.Error(_line, default, RpcErrorCode.Unavailable, "The audit log cannot be written: disk full."u8, default, Duration.Max);
        RpcWriter.Notification(_line, "clearance.asked"u8, "{}"u8);
    }
}
