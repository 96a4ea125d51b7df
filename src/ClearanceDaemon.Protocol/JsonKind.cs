namespace ClearanceDaemon.Protocol;

/// <summary>What the next value of a <see cref="JsonCursor"/> is.</summary>
public enum JsonKind
{
    /// <summary>Nothing: the text is at its end.</summary>
    End,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Null.</summary>
    Null,
}
