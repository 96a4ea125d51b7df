using System.Globalization;

namespace UnixPeers;

/// <summary>
/// Names for uids in error messages, from /etc/passwd alone: asking the name service could load and wait for anything.
/// </summary>
internal static class UserNames
{
    private const string Passwd = "/etc/passwd";

    /// <summary>"1000 (me)", or "1000" where the file knows no name.</summary>
    public static string Describe(uint uid)
    {
        var number = uid.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Find(File.ReadAllText(Passwd), uid) is { } name ? $"{number} ({name})" : number;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return number;
        }
    }

    /// <summary>The first name with the uid in lines of passwd(5): name:password:uid:…</summary>
    public static string? Find(ReadOnlySpan<char> passwd, uint uid)
    {
        Span<Range> fields = stackalloc Range[4];
        foreach (var line in passwd.EnumerateLines())
        {
            if (line.Split(fields, ':') == fields.Length
                && uint.TryParse(line[fields[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found == uid)
            {
                return line[fields[0]].ToString();
            }
        }

        return null;
    }
}
