namespace ClearanceDaemon.Core.External.Orders;

/// <summary>What a handler is asked for.</summary>
internal enum OrderKind : byte
{
    /// <summary>To answer a method of its own.</summary>
    Call,

    /// <summary>To say what it would decide.</summary>
    Decide,

    /// <summary>To carry out a verdict.</summary>
    Effect,
}
