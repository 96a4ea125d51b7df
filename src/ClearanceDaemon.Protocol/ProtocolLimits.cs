namespace ClearanceDaemon.Protocol;

/// <summary>The limits both ends of a clearance connection rely on. Sizes are bytes of UTF-8 unless the name says otherwise.</summary>
public static class ProtocolLimits
{
    /// <summary>The longest line on an ask socket, without its LF, either direction: what one asker can make the daemon hold.</summary>
    public const int AskLineBytes = 64 * 1024;

    /// <summary>The longest line on an operator socket, without its LF, either direction: a page of pending asks fits.</summary>
    public const int OperatorLineBytes = 1024 * 1024;

    /// <summary>How deep arrays and objects nest in a line, the outermost object counted: keeps parsing off the stack's end.</summary>
    public const int JsonDepth = 32;

    /// <summary>Seconds from a line's first byte to its LF: an asker that stalls in mid-line gives its buffer back.</summary>
    public const int LineSeconds = 10;

    /// <summary>The longest request id, decoded: it is echoed in every answer.</summary>
    public const int IdBytes = 128;

    /// <summary>The most segments of an action, such as <c>net.connect</c>: bounds the walk through the rule index.</summary>
    public const int ActionSegments = 8;

    /// <summary>The longest action: it is shown whole on every surface.</summary>
    public const int ActionBytes = 256;

    /// <summary>The longest resource: longer ones go as SHA-256 and size.</summary>
    public const int ResourceBytes = 4096;

    /// <summary>The most members of <c>details</c>: a person must be able to read them.</summary>
    public const int DetailMembers = 64;

    /// <summary>The longest name of a member of <c>details</c>.</summary>
    public const int DetailNameBytes = 64;

    /// <summary>The largest magnitude of an integer in <c>details</c>, 2^53-1: what every JSON reader holds exactly.</summary>
    public const long DetailInteger = 9_007_199_254_740_991;

    /// <summary>The most elements of <c>argv</c>: bounds the work of positional matchers.</summary>
    public const int ArgvElements = 1024;

    /// <summary>The longest title: one line of a prompt.</summary>
    public const int TitleBytes = 200;

    /// <summary>The longest reason, the asker's or the operator's: a paragraph.</summary>
    public const int ReasonBytes = 2048;

    /// <summary>The longest project path.</summary>
    public const int ProjectBytes = 4096;

    /// <summary>The longest key of an ask that outlives its connection.</summary>
    public const int KeyBytes = 128;

    /// <summary>The longest duration, in days: beyond it "always" is meant.</summary>
    public const int DurationDays = 366;

    /// <summary>The most further asks a grant by uses may answer: beyond it "always" is meant.</summary>
    public const int GrantUses = 1_000_000;

    /// <summary>Items on one page of a list.</summary>
    public const int PageItems = 100;

    /// <summary>Bytes kept of what a failing handler wrote to stderr, the last ones: enough for its complaint, in an event everyone is sent.</summary>
    public const int HandlerStderrBytes = 512;
}
