namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>What a handler may be called: its methods, verdicts (<c>handler:NAME</c>) and every surface carry the name.</summary>
internal static class HandlerName
{
    /// <summary>Names that would make a handler look like the daemon itself, or like what is compiled in.</summary>
    public static readonly IReadOnlyList<string> Reserved =
        ["clearance", "daemon", "rules", "grants", "audit", "handlers", "handler", "operator", "terok-shield"];

    /// <summary>True for 1 to <see cref="ManifestLimits.NameLength"/> of <c>a-z 0-9 _ -</c>.</summary>
    public static bool IsValid(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= ManifestLimits.NameLength;
    }
}
