namespace ClearanceDaemon.Protocol;

/// <summary>What <see cref="LineReader"/> found.</summary>
public enum LineStatus
{
    /// <summary>No LF yet; read more.</summary>
    Incomplete,

    /// <summary>A line.</summary>
    Line,

    /// <summary>The line is, or is going to be, over the cap.</summary>
    TooLong,
}
