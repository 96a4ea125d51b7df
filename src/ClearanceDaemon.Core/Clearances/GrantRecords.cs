using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Compares grants with the records of the verdicts that made them: a grant nobody is on record to have given is none.
/// Reads the audit log; not for the reactor's thread.
/// </summary>
internal static class GrantRecords
{
    /// <summary>Those whose record is there and says something else. A record that was pruned with its file proves nothing.</summary>
    /// <param name="directory">The audit log's.</param>
    /// <param name="grants">Each grant with the number of its record.</param>
    /// <exception cref="AuditException">The log cannot be read.</exception>
    public static IReadOnlyList<RequestId> Unrecorded(string directory, IEnumerable<(RequestId Id, long Seq)> grants)
    {
        var unrecorded = new List<RequestId>();
        foreach (var (id, seq) in grants)
        {
            var page = AuditReader.Read(directory, new() { After = seq - 1, Before = seq + 1, Limit = 1 });
            if (page.Records is [var record] ? !Names(record, id) : IsKept(directory, seq))
            {
                unrecorded.Add(id);
            }
        }

        return unrecorded;
    }

    private static bool IsKept(string directory, long seq) =>
        AuditReader.Read(directory, new() { Limit = 1 }).Records is not [var oldest] || SeqOf(oldest) <= seq;

    private static long SeqOf(byte[] record)
    {
        using var json = JsonDocument.Parse(record);
        return json.RootElement.GetProperty("seq").GetInt64();
    }

    private static bool Names(byte[] record, RequestId grant)
    {
        using var json = JsonDocument.Parse(record);
        return json.RootElement.TryGetProperty("kind", out var kind) && kind.ValueEquals("verdict")
            && json.RootElement.TryGetProperty("grant", out var named) && named.ValueEquals(grant.ToString());
    }
}
