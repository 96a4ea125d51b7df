using System.Text;
using System.Text.Unicode;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.GitCredential;

/// <summary>
/// What git asks a credential helper for, in lines of <c>key=value</c> up to an empty one (git-credential(1), "INPUT/OUTPUT FORMAT",
/// git 2.39). Only the members that say for whom it is go into an ask; whatever else is there may be a secret.
/// </summary>
internal sealed record CredentialRequest(string Protocol, string Host, string? Path, string? Username)
{
    /// <exception cref="UsageException">It is not clear what the helper would be asked for. The text is not shown: it may hold a secret.</exception>
    public static CredentialRequest Parse(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            throw Refused("it is not UTF-8");
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n').TakeWhile(static line => line.Length > 0))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var key = equals > 0 ? line[..equals] : throw Refused("a line has no key");

            // Helpers would take it for what it names, whatever the other members say.
            if (key is "url" || line.AsSpan().ContainsAny('\0', '\r'))
            {
                throw Refused($"its member {key} is of a kind this program does not hand on");
            }

            if (key is "protocol" or "host" or "path" or "username" && !members.TryAdd(key, line[(equals + 1)..]))
            {
                throw Refused($"its member {key} is there twice");
            }
        }

        var protocol = members.GetValueOrDefault("protocol", "");
        return protocol.Length > 0
            ? new CredentialRequest(protocol, members.GetValueOrDefault("host", ""), members.GetValueOrDefault("path"), members.GetValueOrDefault("username"))
            : throw Refused("it names no protocol");
    }

    /// <summary>In the name of the session, because the processes between it and this one end with the command.</summary>
    public AskDraft Draft()
    {
        var details = new List<Detail> { new("protocol", Protocol), new("host", Host) };
        if (Path is not null)
        {
            details.Add(new Detail("path", Path));
        }

        if (Username is not null)
        {
            details.Add(new Detail("username", Username));
        }

        return new AskDraft("git.credential") { Resource = Host.Length > 0 ? Host : null, Details = details, As = AskAs.Session };
    }

    private static UsageException Refused(string why) => new($"git's request for a credential was not asked about: {why}. See git-credential(1).");
}
