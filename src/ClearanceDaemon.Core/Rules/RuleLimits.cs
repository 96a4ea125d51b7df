namespace ClearanceDaemon.Core.Rules;

/// <summary>The limits of rule files. A file over one of them is refused with a message that names the limit.</summary>
internal static class RuleLimits
{
    /// <summary>The largest rule file, in bytes: it is read whole, and positions in it must stay small numbers.</summary>
    public const int FileBytes = 16 * 1024 * 1024;

    /// <summary>The most rules of all files together: bounds the memory of the index and the time of a reload.</summary>
    public const int Rules = 200_000;

    /// <summary>The longest id: it is part of every answer and audit record.</summary>
    public const int IdBytes = 64;

    /// <summary>The most stars of a glob: each is one more search through the value.</summary>
    public const int GlobStars = 8;

    /// <summary>The longest glob, in bytes: bounds the work of its worst case.</summary>
    public const int GlobBytes = 512;

    /// <summary>The longest host name, as DNS has it: bounds what is lower-cased for the index.</summary>
    public const int HostBytes = 253;

    /// <summary>The most near misses of one explanation: it must fit a line.</summary>
    public const int NearMisses = 50;
}
