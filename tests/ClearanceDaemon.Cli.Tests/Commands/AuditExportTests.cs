using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>audit export against a daemon with a log of 250 chained records: what comes out is what stands in the log.</summary>
public sealed class AuditExportTests : IDisposable
{
    private const int Records = 250;
    private readonly List<string> _log = [];
    private readonly TempDirectory _directory = new();
    private readonly FakeDaemon _daemon;

    public AuditExportTests()
    {
        var prev = new string('0', 64);
        for (var seq = 1; seq <= Records; seq++)
        {
            // What another writer of JSON would write otherwise.
            var line = $$"""{"v":1,"seq":{{seq}},"kind":"verdict","action":"é\u00e9 \/ < 😀","n":1.50E+2,"prev":"{{prev}}"}""";
            _log.Add(line);
            prev = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
        }

        Head = prev;
        _daemon = new FakeDaemon(Read);
    }

    private string Head { get; }

    private string Output => _directory.Combine("audit.jsonl");

    public void Dispose()
    {
        _daemon.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void EveryRecordByteForByte()
    {
        var run = InProcess.Against(_daemon, "audit", "export");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(string.Join('\n', _log) + "\n", run.Out);
        Assert.Equal(3, _daemon.Lines.Count);
    }

    [Fact]
    public void IntoAFileOfItsOwnersOnly()
    {
        var run = InProcess.Against(_daemon, "audit", "export", "--output", Output);
        Assert.Equal(new Outcome(0, $"250 records, 1 to 250, head {Head}\n", ""), run);
        Assert.Equal(string.Join('\n', _log) + "\n", File.ReadAllText(Output));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Output));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData(1, 250, "--from", "1")]
    [InlineData(250, 250, "--from", "250")]
    [InlineData(1, 1, "--to", "1")]
    [InlineData(101, 200, "--from", "101", "--to", "200")]
    [InlineData(249, 250, "--from", "249", "--to", "9000")]
    [InlineData(1, 0, "--from", "251")]
    public void FromAndToAreTheFirstAndTheLast(int first, int last, params string[] flags)
    {
        var run = InProcess.Against(_daemon, ["audit", "export", .. flags]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(string.Concat(_log[(first - 1)..last].Select(static line => line + "\n")), run.Out);
    }

    [Theory]
    [InlineData("--from", "0")]
    [InlineData("--from", "-1")]
    [InlineData("--from", "3", "--to", "2")]
    [InlineData("--to", "9223372036854775807")]
    [InlineData("--force")]
    [InlineData("--output", "")]
    public void WhatCannotBeMeantIsBadUsage(params string[] flags)
    {
        InProcess.Against(_daemon, ["audit", "export", .. flags]).AssertFailed(126, flags[0]);
        Assert.Empty(_daemon.Lines);
    }

    [Fact]
    public void AFileThatIsThereIsLeftAlone()
    {
        File.WriteAllText(Output, "mine");
        InProcess.Against(_daemon, "audit", "export", "--output", Output).AssertFailed(126, Output, "--force");
        Assert.Equal("mine", File.ReadAllText(Output));
        Assert.Equal(0, InProcess.Against(_daemon, "audit", "export", "--output", Output, "--force", "--to", "1").ExitCode);
        Assert.Equal(_log[0] + "\n", File.ReadAllText(Output));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void ALinkIsNeverFollowed()
    {
        var target = _directory.Combine("target");
        File.CreateSymbolicLink(Output, target);
        InProcess.Against(_daemon, "audit", "export", "--output", Output).AssertFailed(126, Output);
        Assert.Equal(0, InProcess.Against(_daemon, "audit", "export", "--output", Output, "--force").ExitCode);
        Assert.False(File.Exists(target));
        Assert.Null(new FileInfo(Output).LinkTarget);
    }

    [Theory]
    [InlineData("", "is there already")]
    [InlineData("none/audit.jsonl", "Name a file in a directory")]
    public void APlaceThatCannotBeIsNamed(string name, string part) =>
        InProcess.Against(_daemon, "audit", "export", "--output", _directory.Combine(name), "--force").AssertFailed(126, _directory.Path, part);

    [Fact]
    public void ADaemonThatLeavesLeavesNoHalfFile()
    {
        var pages = 0;
        using var daemon = new FakeDaemon(exchange =>
        {
            if (pages++ < 2)
            {
                Read(exchange);
            }
            else
            {
                exchange.HangUp();
            }
        });
        InProcess.Against(daemon, "audit", "export", "--output", Output).AssertFailed(127, "closed");
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData("é", "e", "record 8 does not cite record 7 as it is")]
    [InlineData("\"seq\":7,", "\"seq\":77,", "record 77 follows record 6")]
    public void AChainThatBreaksIsToldAndExits1(string part, string other, string fault)
    {
        _log[6] = _log[6].Replace(part, other);
        var run = InProcess.Against(_daemon, "audit", "export", "--output", Output);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"clearance: {fault}", run.Error[..(fault.Length + 11)]);
        Assert.Contains("clearance audit verify", run.Error);
        Assert.Equal(string.Join('\n', _log) + "\n", File.ReadAllText(Output));
    }

    [Fact]
    public void ARecordThatIsGoneIsToldAndExits1()
    {
        _log.RemoveAt(99);
        var run = InProcess.Against(_daemon, "audit", "export");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("record 101 follows record 99", run.Error);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"seq":"1","prev":""}""")]
    [InlineData("""{"seq":1}""")]
    [InlineData("""{"seq":1,"prev":null}""")]
    public void WhatIsNoRecordIsNoAnswer(string record)
    {
        using var daemon = FakeDaemon.Answering($$"""{"records":[{{record}}]}""");
        InProcess.Against(daemon, "audit", "export", "--output", Output).AssertFailed(127);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void ADaemonThatPagesInCirclesIsLeft()
    {
        using var daemon = FakeDaemon.Answering("""{"records":[],"next":5}""");
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(daemon, "audit", "export"));
        Assert.Equal(2, daemon.Lines.Count);
    }

    [Fact]
    public void APersonIsToldAndShownHarmlessLines()
    {
        using var daemon = FakeDaemon.Answering("{\"records\":[{\"seq\":1,\"prev\":\"\",\"action\":\"\u202e\"}]}");
        var run = new InProcess { IsTerminal = true }.Talk(daemon, "audit", "export");
        Assert.Contains("\\u202e", run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.StartsWith("1 record, 1 to 1, head ", run.Error);
    }

    [Fact]
    public void ProgressIsTold()
    {
        var page = 0;
        using var daemon = new FakeDaemon(exchange =>
        {
            var first = (page++ * 1000) + 1;
            var records = string.Join(',', Enumerable.Range(first, 1000).Select(static seq => $$"""{"seq":{{seq}},"prev":""}"""));
            exchange.Result($$"""{"records":[{{records}}]{{(page < 20 ? $",\"next\":{first + 999}" : "")}}}""");
        });
        var run = new InProcess { IsTerminal = true }.Talk(daemon, "audit", "export", "--output", Output);
        Assert.StartsWith("10000 records, up to 10000\n20000 records, up to 20000\n", run.Error);
    }

    private void Read(Exchange exchange)
    {
        var query = JsonDocument.Parse(exchange.Params).RootElement;
        long Number(string name) => query.GetProperty(name).GetInt64();
        var wanted = _log.Where(line => Seq(line) > Number("after") && Seq(line) < Number("before")).ToList();
        var page = wanted.Take(100).ToList();
        var next = wanted.Count > page.Count ? $",\"next\":{Seq(page[^1])}" : "";
        exchange.Result($$"""{"records":[{{string.Join(',', page)}}]{{next}}}""");
    }

    private static long Seq(string line) => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt64();
}
