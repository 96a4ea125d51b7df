using System.Text.Json;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Which records are wanted, and the pages of <c>audit.read</c> that give them.</summary>
internal sealed record AuditQuery(int Count, long? After, string? Kind)
{
    /// <summary>The records, oldest first: the first ones after <see cref="After"/>, or without it the newest.</summary>
    public List<JsonElement> Read(ClearanceClient client)
    {
        var records = new List<JsonElement>();
        var newest = After is null;
        long? next = After;
        do
        {
            var page = client.AuditRead(Page(newest, next, Count - records.Count));
            records.AddRange(page.Records.AsSpan(0, Math.Clamp(Count - records.Count, 0, page.Records.Length)));
            if (page.Next is not { } following || page.Records.Length == 0 || following == next)
            {
                break;
            }

            next = following;
        }
        while (records.Count < Count);
        if (newest)
        {
            records.Reverse();
        }

        return records;
    }

    private AuditReadParams Page(bool newest, long? from, int wanted) => new()
    {
        After = newest ? null : from,
        Before = newest ? from : null,
        Limit = Math.Min(wanted, ProtocolLimits.PageItems),
        Kind = Kind,
        Newest = newest ? true : null,
    };
}
