using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_record_is_one_line_with_every_member_in_order()
    {
        using (var log = _fixture.Open())
        {
            log.Begin("ask"u8).Text("action"u8, "a\"b\nc"u8).Number("pid"u8, 7).Flag("ok"u8, true).Raw("digest"u8, "{\"x\":1}"u8).End();
            Assert.True(log.Commit());
        }

        Assert.Equal(
            "{\"v\":1,\"seq\":1,\"time\":\"2026-11-20T22:55:00.123Z\",\"kind\":\"ask\",\"action\":\"a\\\"b\\nc\",\"pid\":7,\"ok\":true,"
            + "\"digest\":{\"x\":1},\"prev\":\"" + new string('0', 64) + "\"}\n",
            File.ReadAllText(_fixture.FilePath()));
    }

    [Fact]
    public void Each_record_carries_the_hash_of_the_line_before()
    {
        _fixture.Fill(5);
        var lines = _fixture.Lines();
        Assert.Equal(5, lines.Length);
        var prev = new string('0', 64);
        for (var i = 0; i < lines.Length; i++)
        {
            using var json = JsonDocument.Parse(lines[i]);
            Assert.Equal(i + 1, json.RootElement.GetProperty("seq").GetInt64());
            Assert.Equal(prev, json.RootElement.GetProperty("prev").GetString());
            prev = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[i])));
        }
    }

    [Fact]
    public void The_chain_goes_on_after_a_restart()
    {
        _fixture.Fill(3);
        _fixture.Fill(2);
        var lines = _fixture.Lines();
        Assert.Equal(5, lines.Length);
        Assert.Contains("\"seq\":4,", lines[3], StringComparison.Ordinal);
        Assert.EndsWith($"\"prev\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[2])))}\"}}", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_in_the_file_before_the_commit()
    {
        using var log = _fixture.Open();
        log.Begin("ask"u8).End();
        Assert.Empty(_fixture.Names());
        Assert.True(log.Commit());
        Assert.Single(_fixture.Lines());
    }

    [Fact]
    public void A_record_that_is_not_ended_leaves_no_trace()
    {
        using var log = _fixture.Open();
        log.Begin("ask"u8).Text("secret"u8, "half"u8);
        log.Begin("ask"u8).Text("action"u8, "whole"u8).End();
        log.Begin("ask"u8).Text("secret"u8, "half"u8);
        Assert.True(log.Commit());
        Assert.Equal(1, log.Position);
        Assert.Contains("whole", Assert.Single(_fixture.Lines()), StringComparison.Ordinal);
        Assert.DoesNotContain("half", _fixture.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Position_counts_records_and_tells_a_silent_request_from_one_on_record()
    {
        using var log = _fixture.Open();
        var before = log.Position;
        Assert.True(log.Commit());
        Assert.Equal(before, log.Position);
        Assert.True(AuditFixture.Add(log, 2));
        Assert.Equal(before + 2, log.Position);
    }

    [Fact]
    public void The_time_is_that_of_the_last_tick()
    {
        using var log = _fixture.Open();
        log.Tick();
        _fixture.Clock.Pass(TimeSpan.FromSeconds(1));
        log.Begin("ask"u8).End();
        log.Tick();
        log.Begin("ask"u8).End();
        Assert.True(log.Commit());
        Assert.Contains("22:55:00.123Z", _fixture.Lines()[0], StringComparison.Ordinal);
        Assert.Contains("22:55:01.123Z", _fixture.Lines()[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_made_so()
    {
        using var log = _fixture.Open();
        log.Begin("ask"u8).Text("exe"u8, [0x61, 0xff, 0x62]).End();
        Assert.True(log.Commit());
        Assert.Contains("\"exe\":\"a\ufffdb\"", _fixture.Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_on_two_lines_is_refused()
    {
        using var log = _fixture.Open();
        Assert.Throws<ArgumentException>(() => log.Begin("ask"u8).Raw("x"u8, "{\n}"u8));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_record_may_be_as_long_as_the_limit_and_no_longer(int over, bool fits)
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        var empty = "{\"v\":1,\"seq\":2,\"time\":\"2026-11-20T22:55:00.123Z\",\"kind\":\"ask\",\"t\":\"\",\"prev\":\"\"}".Length + 64;
        var text = new byte[AuditLimits.RecordBytes - empty + over];
        text.AsSpan().Fill((byte)'x');
        var fault = Record.Exception(() => log.Begin("ask"u8).Text("t"u8, text).End());
        Assert.Equal(fits, fault is null);
        Assert.True(log.Commit());
        Assert.True(AuditFixture.Add(log));
        Assert.Equal(fits ? 3 : 2, _fixture.Lines().Length);
        log.Dispose();
        _fixture.Fill(1);
        Assert.Equal(fits ? 4 : 3, _fixture.Lines().Length);
    }

    [Fact]
    public void A_warm_log_allocates_nothing()
    {
        using var log = _fixture.Open();
        for (var i = 0; i < 200; i++)
        {
            OneTurn(log);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            OneTurn(log);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Files_are_for_the_owner_alone()
    {
        _fixture.Fill(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_fixture.FilePath()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_fixture.Options.AnchorPath));
    }

    private void OneTurn(AuditLog log)
    {
        _fixture.Clock.Pass(TimeSpan.FromMilliseconds(1));
        log.Tick();
        log.Begin("ask"u8).Text("action"u8, "net.connect"u8).Text("resource"u8, "api.github.com:443"u8).Number("pid"u8, 4711).End();
        log.Commit();
    }
}
