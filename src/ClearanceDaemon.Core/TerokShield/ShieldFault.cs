namespace ClearanceDaemon.Core.TerokShield;

/// <summary>Why a line is dropped.</summary>
internal abstract record ShieldFault
{
    /// <summary>There is nothing on it.</summary>
    public sealed record Blank : ShieldFault;

    /// <summary>It is not JSON, or JSON that two readers may take for different things.</summary>
    public sealed record Malformed : ShieldFault;

    /// <summary>It is JSON, but no object.</summary>
    public sealed record NotAnObject : ShieldFault;

    /// <summary>Its type is none of those known here.</summary>
    /// <param name="Kind">The type, as it was sent.</param>
    public sealed record Unknown(string Kind) : ShieldFault;

    /// <summary>A member that its type needs is missing, or is not what it should be.</summary>
    /// <param name="Name">Which.</param>
    public sealed record BadMember(string Name) : ShieldFault;
}
