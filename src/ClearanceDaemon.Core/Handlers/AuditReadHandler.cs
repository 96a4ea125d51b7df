using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>audit.read</c>: a page of records as they stand in the log, read beside the writer and off the reactor's thread.</summary>
internal sealed class AuditReadHandler(AuditOptions options)
    : RequestHandler<AuditReadParams, AuditReadResult>(
        MethodNames.AuditRead, CallerRoles.Operator, ProtocolJson.Default.AuditReadParams, ProtocolJson.Default.AuditReadResult)
{
    protected override async ValueTask<Answer<AuditReadResult>> HandleAsync(AuditReadParams parameters, Caller caller, CancellationToken aborted)
    {
        if (PageLimit.Fault(parameters.Limit) is { } fault)
        {
            return fault;
        }

        var query = new AuditQuery
        {
            After = parameters.After,
            Before = parameters.Before,
            Kind = parameters.Kind,
            Newest = parameters.Newest ?? false,
            Limit = parameters.Limit ?? ProtocolLimits.PageItems,
        };
        var page = await Task.Run(() => AuditReader.Read(options.Directory, query), aborted);
        return new AuditReadResult { Records = Array.ConvertAll([.. page.Records], Parse), Next = page.Next };
    }

    private static JsonElement Parse(byte[] record)
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.Clone();
    }
}
