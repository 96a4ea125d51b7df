using System.Globalization;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The handlers process keeps no records: it decides nothing. Who is refused at its door is logged.</summary>
internal sealed class NothingToRecord(ILogger log) : ITurn, IRefusals
{
    public bool HasUncommitted => false;

    public bool IsFull => false;

    public void Begin()
    {
    }

    public bool Commit() => true;

    public void OnRefused(string via, uint? uid, int? pid, string reason) => HandlersLog.Refused(
        log, uid?.ToString(CultureInfo.InvariantCulture) ?? "unknown", pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown", reason);
}
