using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>A grant is compared with the record of the verdict that made it.</summary>
public sealed class GrantRecordsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("clearance-grant-records-");
    private readonly RequestId _id = new RequestIds().Next();

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_grant_that_its_verdict_names_stands()
    {
        var seq = Write("verdict", _id.ToString());
        Assert.Empty(Unrecorded(seq));
    }

    [Fact]
    public void A_record_of_another_grant_of_another_kind_or_of_none_is_not_its()
    {
        Assert.Equal([_id], Unrecorded(Write("verdict", new RequestIds().Next().ToString())));
        Assert.Equal([_id], Unrecorded(Write("grant", _id.ToString())));
        Assert.Equal([_id], Unrecorded(Write("verdict", null)));
    }

    [Fact]
    public void A_number_the_log_does_not_reach_is_no_record() => Assert.Equal([_id], Unrecorded(Write("verdict", _id.ToString()) + 1));

    [Fact]
    public void A_record_that_was_pruned_proves_nothing() => Assert.Empty(Unrecorded(Write("verdict", null) - 1, removeUntil: true));

    private IReadOnlyList<RequestId> Unrecorded(long seq, bool removeUntil = false)
    {
        if (removeUntil)
        {
            // What pruning leaves: the oldest record that is kept comes later.
            var file = Directory.GetFiles(Log).Single();
            File.WriteAllLines(file, File.ReadAllLines(file)[^1..]);
        }

        return GrantRecords.Unrecorded(Log, [(_id, seq)]);
    }

    private string Log => Path.Combine(_root.FullName, "audit");

    private long Write(string kind, string? grant)
    {
        using var audit = AuditLog.Open(new()
        {
            Directory = Log,
            AnchorPath = Path.Combine(_root.FullName, "anchor"),
            MaxBytes = 1 << 20,
            PrepareDirectory = static directory => Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
            AnchorSink = static _ => { },
        });
        audit.Begin("verdict"u8).End();
        var record = audit.Begin(Encoding.ASCII.GetBytes(kind));
        if (grant is not null)
        {
            record.Text("grant"u8, Encoding.ASCII.GetBytes(grant));
        }

        record.End();
        return audit.LastSeq;
    }
}
