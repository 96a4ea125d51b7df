using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>How many items a page of a list may be asked to have.</summary>
internal static class PageLimit
{
    /// <summary>What is wrong with a limit; null when it fits, or none was given.</summary>
    public static RpcError? Fault(int? limit) => limit is < 1 or > ProtocolLimits.PageItems
        ? new(RpcErrorCode.InvalidParams, $"limit is 1 to {ProtocolLimits.PageItems}") { Member = "limit" }
        : null;
}
