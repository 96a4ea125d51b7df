using System.Security.Cryptography;
using System.Text;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>What audit.read hands out is what stands in the log, so that whoever got it can follow the chain.</summary>
public sealed class AuditBytesTests : IDisposable
{
    private readonly TestDaemon _daemon = new();

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void Records_leave_byte_for_byte()
    {
        // Letters and signs for which writers of JSON have more than one form.
        _daemon.AskOnce("""{"action":"demo.read","resource":"é <b> & 日本 😀 \\ \" / \u007f","details":{"ü":"ß","n":-0}}""");
        _daemon.AskOnce("""{"action":"demo.read"}""");
        var records = _daemon.OperatorCall("audit.read").GetProperty("records").EnumerateArray().ToArray();
        Assert.True(records.Length >= 3);
        for (var i = 1; i < records.Length; i++)
        {
            var before = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(records[i - 1].GetRawText())));
            Assert.Equal(before, records[i].GetProperty("prev").GetString());
        }
    }
}
