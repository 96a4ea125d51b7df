namespace ClearanceDaemon.Core.External.Orders;

/// <summary>The names of <see cref="OrderKind"/> on the wire.</summary>
internal static class OrderKinds
{
    public static ReadOnlySpan<byte> Name(this OrderKind kind) => kind switch
    {
        OrderKind.Call => "call"u8,
        OrderKind.Decide => "decide"u8,
        _ => "effect"u8,
    };

    /// <summary>The method that a handler's program is called with.</summary>
    public static ReadOnlySpan<byte> Method(this OrderKind kind) => kind switch
    {
        OrderKind.Call => "handler.call"u8,
        OrderKind.Decide => "handler.decide"u8,
        _ => "handler.effect"u8,
    };

    public static OrderKind? Read(ReadOnlySpan<byte> name)
    {
        foreach (var kind in Enum.GetValues<OrderKind>())
        {
            if (name.SequenceEqual(kind.Name()))
            {
                return kind;
            }
        }

        return null;
    }
}
