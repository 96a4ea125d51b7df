using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.pending</c>: a page of the asks that wait, oldest first.</summary>
internal sealed class PendingHandler(Desk desk) : IRequestHandler
{
    /// <summary>Bytes at which a page ends, so that its line fits whatever one more ask would add.</summary>
    private const int PageBytes = ProtocolLimits.OperatorLineBytes / 2;

    public string Method => MethodNames.Pending;

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.PendingParams) is { } page)
        {
            if (PageLimit.Fault(page.Limit) is { } fault)
            {
                request.Fail(fault.Code, fault.Message, fault.Member);
            }
            else
            {
                Write(request, page.After ?? 0, page.Limit ?? ProtocolLimits.PageItems);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Write(RequestContext request, long after, int limit)
    {
        var line = request.BeginResult();
        var start = line.Length;
        var (count, last) = (0, after);
        long? next = null;
        line.Raw("{\"items\":["u8);
        foreach (var pending in desk.After(after))
        {
            if (count == limit || line.Length - start > PageBytes)
            {
                next = last;
                break;
            }

            line.Raw(count++ == 0 ? default : ","u8);
            PendingJson.Write(pending, line);
            last = pending.Number;
        }

        line.Raw((byte)']');
        if (next is { } place)
        {
            line.Raw(",\"next\":"u8);
            line.Number(place);
        }

        line.Raw((byte)'}');
        request.EndResult();
    }
}
