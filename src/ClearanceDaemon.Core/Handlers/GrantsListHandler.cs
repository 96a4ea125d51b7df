using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>grants.list</c>: a page of the grants in force, oldest first.</summary>
internal sealed class GrantsListHandler(GrantDesk grants) : IRequestHandler
{
    /// <summary>Bytes of values on one page: a grant may hold a whole ask.</summary>
    private const int PageBytes = ProtocolLimits.OperatorLineBytes / 4;

    public string Method => MethodNames.GrantsList;

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.GrantsListParams) is { } page)
        {
            if (PageLimit.Fault(page.Limit) is { } fault)
            {
                request.Fail(fault.Code, fault.Message, fault.Member);
            }
            else
            {
                request.Succeed(List(page.After ?? 0, page.Limit ?? ProtocolLimits.PageItems), ProtocolJson.Default.GrantsListResult);
            }
        }

        return ValueTask.CompletedTask;
    }

    private GrantsListResult List(long after, int limit)
    {
        var found = grants.Page(after, limit + 1);
        var (count, bytes) = (0, 0L);
        while (count < Math.Min(found.Count, limit) && (count == 0 || bytes <= PageBytes))
        {
            bytes += found[count++].Match.Bound.Bytes;
        }

        return new()
        {
            Items = [.. found.Take(count).Select(GrantJson.Describe)],
            Next = count < found.Count ? found[count - 1].DecidedSeq : null,
        };
    }
}
