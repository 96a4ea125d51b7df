namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>Names of variables that a manifest may ask to be handed on.</summary>
internal static class VariableName
{
    /// <summary>
    /// What a service manager tells the process it started, and only that one: a handler that believed these would take our descriptors
    /// for its own, or speak for us.
    /// </summary>
    public static readonly IReadOnlyList<string> Withheld = ["LISTEN_*", "NOTIFY_SOCKET", "WATCHDOG_*"];

    /// <summary>True for a letter or _, then letters, digits and _.</summary>
    public static bool IsValid(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }

    public static bool IsWithheld(string name)
    {
        foreach (var withheld in Withheld)
        {
            if (withheld[^1] == '*' ? name.StartsWith(withheld[..^1], StringComparison.Ordinal) : name == withheld)
            {
                return true;
            }
        }

        return false;
    }
}
