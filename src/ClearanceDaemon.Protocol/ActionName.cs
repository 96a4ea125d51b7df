namespace ClearanceDaemon.Protocol;

/// <summary>
/// The name of an action: one to <see cref="ProtocolLimits.ActionSegments"/> segments of <c>a-z 0-9 _ -</c>, joined by dots, such
/// as <c>net.connect</c>.
/// </summary>
public static class ActionName
{
    /// <summary>True for exactly such a name of at most <see cref="ProtocolLimits.ActionBytes"/> bytes.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        var segments = 1;
        var inSegment = 0;
        foreach (var value in name)
        {
            if (value == '.')
            {
                if (inSegment == 0)
                {
                    return false;
                }

                segments++;
                inSegment = 0;
            }
            else if (value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'-')
            {
                inSegment++;
            }
            else
            {
                return false;
            }
        }

        return inSegment > 0 && segments <= ProtocolLimits.ActionSegments && name.Length <= ProtocolLimits.ActionBytes;
    }
}
