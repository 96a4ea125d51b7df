namespace ClearanceDaemon.Protocol;

/// <summary>A request that passed <see cref="RpcRequestReader"/>. It points into the line and lives as long as that does.</summary>
public readonly ref struct RpcRequest
{
    /// <summary>The raw JSON of the id, to be echoed, such as <c>12</c> or <c>"abc"</c>.</summary>
    public ReadOnlySpan<byte> IdToken { get; init; }

    /// <summary>The method's name, decoded.</summary>
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>The raw JSON of the parameters, an object that <see cref="JsonCursor"/> may read; empty when they were left out.</summary>
    public ReadOnlySpan<byte> Params { get; init; }
}
