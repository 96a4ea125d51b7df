namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// Decides whether a resource that is an absolute path is written the one normal way. A path with <c>//</c>, <c>/./</c>,
/// <c>/../</c> or a trailing slash could name what an <c>under</c> rule means without looking so, so such an ask is refused.
/// </summary>
internal static class ResourcePath
{
    /// <summary>False for an absolute path that is not normal; true for a normal one and for everything that does not start with a slash.</summary>
    public static bool IsNormalOrNotPath(ReadOnlySpan<byte> resource)
    {
        if (resource.IsEmpty || resource[0] != '/' || resource.Length == 1)
        {
            return true;
        }

        foreach (var range in resource[1..].Split((byte)'/'))
        {
            var name = resource[1..][range];
            if (name.IsEmpty || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsNormalPath(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] == '/' && IsNormalOrNotPath(value);
}
