using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>What an effect order tells <c>terok-shield</c>. Words an asker chose go to a program's command line: none may look like a flag.</summary>
internal sealed record ShieldWords(string Verb, string Container, string Target)
{
    /// <summary>Reads an order's parameters; null, with what is wrong, when nothing is to be run.</summary>
    public static ShieldWords? Of(ReadOnlySpan<byte> parameters, out string problem)
    {
        string? resource = null, container = null, outcome = null;
        var json = new JsonCursor(parameters, new byte[parameters.Length]);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("request"u8))
            {
                (resource, container) = ReadRequest(json.SkipValue());
            }
            else if (name.SequenceEqual("verdict"u8))
            {
                outcome = Member(json.SkipValue(), "outcome"u8);
            }
            else
            {
                json.SkipValue();
            }
        }

        var (verb, target) = (outcome switch { "allowed" => "allow", "denied" => "deny", _ => null }, HostOf(resource));
        problem = verb is null ? "the order holds no verdict that allows or denies; nothing was run"
            : !IsWord(container) ? "details.container is no container's name (empty, with blanks, or like a flag); nothing was run"
            : !IsWord(target) ? "the resource names no host (empty, with blanks, or like a flag); nothing was run"
            : "";
        return problem.Length == 0 ? new(verb!, container!, target!) : null;
    }

    private static (string? Resource, string? Container) ReadRequest(ReadOnlySpan<byte> request)
    {
        var json = new JsonCursor(request, new byte[request.Length]);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            var isDetails = name.SequenceEqual("details"u8);
            var value = json.SkipValue();
            if (isDetails)
            {
                return (Member(request, "resource"u8), Member(value, "container"u8));
            }
        }

        return (Member(request, "resource"u8), null);
    }

    private static string? Member(ReadOnlySpan<byte> value, ReadOnlySpan<byte> wanted)
    {
        var json = new JsonCursor(value, new byte[value.Length]);
        if (!json.TryEnterObject())
        {
            return null;
        }

        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual(wanted))
            {
                return json.TryReadString(out var text) ? Encoding.UTF8.GetString(text) : null;
            }

            json.SkipValue();
        }

        return null;
    }

    /// <summary>The host of <c>host:port</c>, <c>[v6]:port</c> or a bare host.</summary>
    private static string? HostOf(string? resource)
    {
        if (resource is null)
        {
            return null;
        }

        if (resource.StartsWith('['))
        {
            var end = resource.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && (end + 1 == resource.Length || resource[end + 1] == ':') ? resource[1..end] : null;
        }

        var colon = resource.LastIndexOf(':');

        // More than one colon without brackets is an address without a port.
        return colon < 0 || resource.IndexOf(':', StringComparison.Ordinal) != colon ? resource : resource[..colon];
    }

    private static bool IsWord(string? text) =>
        text is { Length: > 0 } && text[0] != '-' && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c));
}
