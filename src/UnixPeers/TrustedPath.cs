namespace UnixPeers;

/// <summary>
/// Whether a file that decides something (rules, configuration, audit) could have been written by anyone but us and
/// root: it and every directory above it belong to us or root and are not writable by group or others (directories
/// may be sticky); links of ours or root's are followed to a target that passes the same.
/// </summary>
public static class TrustedPath
{
    /// <summary>Null when the file can be trusted, else sentences that say what is wrong and what to do.</summary>
    /// <param name="file">An absolute path of a file or directory that exists.</param>
    public static string? Refusal(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.StartsWith('/') || file.Contains('\0', StringComparison.Ordinal))
        {
            return $"{file} is not an absolute path. Give the whole path, from / on.";
        }

        var end = PathWalk.ToFile(file, LinkTrust.RootsAndOurs, Owners.Current());
        return end.Missing is null ? end.Refusal : $"{end.Missing} does not exist. Create it, or give another path.";
    }
}
