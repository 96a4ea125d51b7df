using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Reads the parameters of <c>clearance.ask</c> (and of <c>rules.explain</c>, which adds <c>via</c>) into
/// <see cref="AskMembers"/>. Every limit is held here; nothing is cut, what is too long is refused.
/// </summary>
internal sealed class AskReader
{
    private byte[] _scratch = new byte[1024];
    private TimeSpan _wait;
    private string? _key;

    /// <summary>The via of an explain request; null when it had none.</summary>
    public string? Via { get; private set; }

    /// <summary>Fills <paramref name="ask"/> and returns null, or says what is wrong.</summary>
    public AskFault? Read(ReadOnlySpan<byte> parameters, AskMembers ask, bool withVia, out AskTerms terms)
    {
        ask.Clear();
        _wait = AskTerms.DefaultWait;
        _key = Via = null;
        if (_scratch.Length < parameters.Length)
        {
            _scratch = new byte[parameters.Length * 2];
        }

        var json = new JsonCursor(parameters, _scratch);
        AskFault? fault = null;
        if (json.TryEnterObject())
        {
            while (fault is null && json.NextMember(out var name))
            {
                fault = ReadMember(ref json, name, ask, withVia);
            }
        }

        terms = new(_wait, _key);
        return fault ?? Check(ask);
    }

    private static AskFault? Check(AskMembers ask)
    {
        if (!ask.Has(AskMember.Action))
        {
            return new("an ask names its action, such as net.connect", "action");
        }

        return ResourcePath.IsNormalOrNotPath(ask.Resource)
            ? null
            : new("a resource that is an absolute path is written in its normal form: no //, no . or .. segment, no / at the end", "resource");
    }

    private AskFault? ReadMember(ref JsonCursor json, ReadOnlySpan<byte> name, AskMembers ask, bool withVia)
    {
        switch (name)
        {
            case var n when n.SequenceEqual("action"u8):
                return ReadAction(ref json, ask);
            case var n when n.SequenceEqual("resource"u8):
                return ReadText(ref json, ask, AskMember.Resource, "resource", ProtocolLimits.ResourceBytes);
            case var n when n.SequenceEqual("details"u8):
                return ReadDetails(ref json, ask);
            case var n when n.SequenceEqual("argv"u8):
                return ReadArgv(ref json, ask);
            case var n when n.SequenceEqual("wait"u8):
                return ReadWait(ref json);
            case var n when n.SequenceEqual("title"u8):
                return ReadText(ref json, ask, AskMember.Title, "title", ProtocolLimits.TitleBytes);
            case var n when n.SequenceEqual("reason"u8):
                return ReadText(ref json, ask, AskMember.Reason, "reason", ProtocolLimits.ReasonBytes);
            case var n when n.SequenceEqual("project"u8):
                return ReadText(ref json, ask, AskMember.Project, "project", ProtocolLimits.ProjectBytes);
            case var n when n.SequenceEqual("as"u8):
                return ReadAs(ref json, ask);
            case var n when n.SequenceEqual("key"u8):
                return ReadKey(ref json);
            case var n when withVia && n.SequenceEqual("via"u8):
                Via = json.TryReadString(out var via) ? Encoding.UTF8.GetString(via) : null;
                return Via is null ? new("via is the name of a socket", "via") : null;
            default:
                return new("an ask has no such member", name.Length <= ProtocolLimits.DetailNameBytes ? Encoding.UTF8.GetString(name) : null);
        }
    }

    private static AskFault? ReadAction(ref JsonCursor json, AskMembers ask)
    {
        if (!json.TryReadString(out var text) || text.Length > ProtocolLimits.ActionBytes || !ActionName.IsValid(text))
        {
            return new("an action is one to eight words of a-z, 0-9, _ and - with dots between", "action");
        }

        ask.Set(AskMember.Action, text);
        return null;
    }

    private static AskFault? ReadText(ref JsonCursor json, AskMembers ask, AskMember member, string name, int limit)
    {
        if (!json.TryReadString(out var text) || text.Length > limit)
        {
            return new($"{name} is a string of at most {limit} bytes; send what is longer as its SHA-256 and size", name);
        }

        ask.Set(member, text);
        return null;
    }

    private static AskFault? ReadAs(ref JsonCursor json, AskMembers ask)
    {
        if (!json.TryReadString(out var text) || !(text.SequenceEqual("self"u8) || text.SequenceEqual("parent"u8) || text.SequenceEqual("session"u8)))
        {
            return new("as is self, parent or session", "as");
        }

        ask.Set(AskMember.As, text);
        return null;
    }

    private AskFault? ReadWait(ref JsonCursor json) => json.TryReadString(out var text) && Duration.TryParse(text, out _wait)
        ? null
        : new($"wait is a duration such as 90s, at most {ProtocolLimits.DurationDays}d", "wait");

    private AskFault? ReadKey(ref JsonCursor json)
    {
        if (!json.TryReadString(out var text) || text.Length is 0 or > ProtocolLimits.KeyBytes)
        {
            return new($"key is a string of 1 to {ProtocolLimits.KeyBytes} bytes", "key");
        }

        _key = Encoding.UTF8.GetString(text);
        return null;
    }

    private static AskFault? ReadArgv(ref JsonCursor json, AskMembers ask)
    {
        if (!json.TryEnterArray())
        {
            return new("argv is an array of strings", "argv");
        }

        ask.HasArgv = true;
        while (json.NextElement())
        {
            if (!json.TryReadString(out var element))
            {
                return new("argv is an array of strings", "argv");
            }

            if (ask.ArgvCount == ProtocolLimits.ArgvElements)
            {
                return new($"argv has at most {ProtocolLimits.ArgvElements} elements", "argv");
            }

            ask.AddArgv(element);
        }

        return null;
    }

    private static AskFault? ReadDetails(ref JsonCursor json, AskMembers ask)
    {
        if (!json.TryEnterObject())
        {
            return new("details is an object of strings, bools and integers", "details");
        }

        ask.HasDetails = true;
        Span<byte> name = stackalloc byte[ProtocolLimits.DetailNameBytes];
        while (json.NextMember(out var given))
        {
            if (given.Length is 0 or > ProtocolLimits.DetailNameBytes || ask.DetailCount == ProtocolLimits.DetailMembers)
            {
                return new($"details has at most {ProtocolLimits.DetailMembers} members with names of 1 to {ProtocolLimits.DetailNameBytes} bytes", "details");
            }

            // The cursor may decode the value over the name.
            given.CopyTo(name);
            if (!ReadDetail(ref json, name[..given.Length], ask))
            {
                return new($"a detail is a string, a bool or an integer of magnitude at most {ProtocolLimits.DetailInteger}", "details");
            }
        }

        return null;
    }

    private static bool ReadDetail(ref JsonCursor json, scoped ReadOnlySpan<byte> name, AskMembers ask)
    {
        if (json.TryReadString(out var text))
        {
            ask.AddDetail(name, text);
            return true;
        }

        if (json.TryReadBool(out var flag))
        {
            ask.AddDetail(name, DetailKind.Bool, flag ? 1 : 0);
            return true;
        }

        if (json.TryReadInteger(out var number) && number is >= -ProtocolLimits.DetailInteger and <= ProtocolLimits.DetailInteger)
        {
            ask.AddDetail(name, DetailKind.Integer, number);
            return true;
        }

        return false;
    }
}
