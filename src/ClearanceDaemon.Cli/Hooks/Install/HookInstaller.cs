namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>Puts our entry into a host's settings and takes it out again. What is not understood is left untouched.</summary>
internal static class HookInstaller
{
    /// <returns>False when the same entry is there already, and nothing was changed.</returns>
    /// <exception cref="UsageException">The file cannot be edited, or has an entry of ours with other flags.</exception>
    public static bool Install(SettingsFile file, HookHost host, HookEntry entry, TimeSpan wait)
    {
        var before = file.Read();
        var timeout = HookLimits.HostTimeoutSeconds(wait);
        try
        {
            var found = before is null || IsEmpty(before) ? [] : SettingsText.Read(before).Find(host.Name);
            if (found.Count == 0)
            {
                file.Replace(before, SettingsText.With(before, host.InstalledEvents, entry, timeout));
                return true;
            }

            return found.TrueForAll(hook => hook.Entry.Command() == entry.Command() && hook.Timeout == timeout)
                && host.InstalledEvents.All(name => found.Exists(hook => hook.Event == name))
                    ? false
                    : throw new UsageException($"{file.Named} has a hook of ours with other flags. Run clearance hook uninstall {host.Name} first.");
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException)
        {
            throw Refused(file, e);
        }
    }

    /// <returns>False when there was nothing to remove.</returns>
    /// <exception cref="UsageException">The file cannot be edited.</exception>
    public static bool Uninstall(SettingsFile file, HookHost host)
    {
        try
        {
            if (file.Read() is not { } text || IsEmpty(text) || SettingsText.Read(text).Find(host.Name) is not [var ours, ..])
            {
                return false;
            }

            byte[] Installed(byte[]? before) => SettingsText.With(before, host.InstalledEvents, ours.Entry, ours.Timeout ?? 0);

            // Nobody wrote to it since: then what it was comes back to the byte.
            if (file.ReadBackup() is { } backup && text.AsSpan().SequenceEqual(Installed(backup)))
            {
                file.Restore(backup);
            }
            else if (text.AsSpan().SequenceEqual(Installed(null)))
            {
                file.Restore(null);
            }
            else
            {
                file.Write(SettingsText.Without(text, host.Name));
            }

            return true;
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException)
        {
            throw Refused(file, e);
        }
    }

    private static bool IsEmpty(byte[] text) => text.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static UsageException Refused(SettingsFile file, Exception e) => new($"{file.Named}: {e.Message.TrimEnd('.')}. Nothing was changed; mend it, then try again.");
}
