using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>A match as JSON: an object of the bound members with their values, null where absence is what is bound.</summary>
internal static class GrantMatchJson
{
    public static void Write(GrantMatch match, LineBuffer json)
    {
        json.Raw((byte)'{');
        foreach (var (member, name) in GrantMembers.Texts)
        {
            if (match.Texts.Contains(member))
            {
                Name(json, name);
                Text(json, match.Bound, member);
            }
        }

        Name(json, BindMember.Argv);
        WriteArgv(json, match.Bound);
        if (match.WholeDetails)
        {
            Name(json, BindMember.Details);
            WriteDetails(json, match.Bound);
        }
        else
        {
            for (var i = 0; i < match.Bound.DetailCount; i++)
            {
                Name(json, GrantMembers.Detail(match.Bound.DetailName(i)));
                WriteDetail(json, match.Bound, i);
            }
        }

        json.Raw((byte)'}');
    }

    /// <summary>The match of an object, or null when it is none that <see cref="Write"/> could have written.</summary>
    public static GrantMatch? Read(Dictionary<string, JsonElement> members)
    {
        var bound = new AskMembers();
        var texts = new List<AskMember>();
        foreach (var (name, value) in members)
        {
            var isGood = GrantMembers.TextOf(name) is { } member ? ReadText(bound, texts, member, value) : ReadList(bound, name, value);
            if (!isGood)
            {
                return null;
            }
        }

        var whole = members.ContainsKey(BindMember.Details);
        var isWhole = bound.Has(AskMember.Action) && ActionName.IsValid(bound.Action) && members.ContainsKey(BindMember.Argv)
            && !(whole && members.Keys.Any(static name => name.StartsWith(GrantMembers.DetailPrefix, StringComparison.Ordinal)));
        return isWhole ? new GrantMatch(bound, [.. texts], whole) : null;
    }

    private static void Name(LineBuffer json, string name)
    {
        if (json.Written[^1] != '{')
        {
            json.Raw((byte)',');
        }

        json.String(Encoding.UTF8.GetBytes(name));
        json.Raw((byte)':');
    }

    private static void Text(LineBuffer json, AskMembers bound, AskMember member)
    {
        if (bound.Has(member))
        {
            json.String(bound[member]);
        }
        else
        {
            json.Raw("null"u8);
        }
    }

    private static void WriteArgv(LineBuffer json, AskMembers bound)
    {
        if (!bound.HasArgv)
        {
            json.Raw("null"u8);
            return;
        }

        json.Raw((byte)'[');
        for (var i = 0; i < bound.ArgvCount; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            json.String(bound.Argv(i));
        }

        json.Raw((byte)']');
    }

    private static void WriteDetails(LineBuffer json, AskMembers bound)
    {
        if (!bound.HasDetails)
        {
            json.Raw("null"u8);
            return;
        }

        json.Raw((byte)'{');
        for (var i = 0; i < bound.DetailCount; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            json.String(bound.DetailName(i));
            json.Raw((byte)':');
            WriteDetail(json, bound, i);
        }

        json.Raw((byte)'}');
    }

    private static void WriteDetail(LineBuffer json, AskMembers bound, int index)
    {
        switch (bound.DetailKind(index))
        {
            case DetailKind.String:
                json.String(bound.DetailText(index));
                break;
            case DetailKind.Bool:
                json.Raw(bound.DetailNumber(index) != 0 ? "true"u8 : "false"u8);
                break;
            default:
                json.Number(bound.DetailNumber(index));
                break;
        }
    }

    private static bool ReadText(AskMembers bound, List<AskMember> texts, AskMember member, JsonElement value)
    {
        texts.Add(member);
        if (value.ValueKind == JsonValueKind.String)
        {
            bound.Set(member, Utf8(value));
        }

        return value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
    }

    private static bool ReadList(AskMembers bound, string name, JsonElement value) => name switch
    {
        BindMember.Argv or BindMember.Details when value.ValueKind == JsonValueKind.Null => true,
        BindMember.Argv => ReadArgv(bound, value),
        BindMember.Details => ReadDetails(bound, value),
        _ => name.Length > GrantMembers.DetailPrefix.Length
            && name.StartsWith(GrantMembers.DetailPrefix, StringComparison.Ordinal)
            && ReadDetail(bound, name[GrantMembers.DetailPrefix.Length..], value),
    };

    private static bool ReadArgv(AskMembers bound, JsonElement value)
    {
        bound.HasArgv = value.ValueKind == JsonValueKind.Array;
        for (var i = 0; bound.HasArgv && i < value.GetArrayLength(); i++)
        {
            if (value[i].ValueKind != JsonValueKind.String)
            {
                return false;
            }

            bound.AddArgv(Utf8(value[i]));
        }

        return bound.HasArgv;
    }

    private static bool ReadDetails(AskMembers bound, JsonElement value)
    {
        bound.HasDetails = value.ValueKind == JsonValueKind.Object;
        return bound.HasDetails && value.EnumerateObject().All(detail => ReadDetail(bound, detail.Name, detail.Value));
    }

    private static bool ReadDetail(AskMembers bound, string name, JsonElement value)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                bound.AddDetail(utf8, Utf8(value));
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                bound.AddDetail(utf8, DetailKind.Bool, value.GetBoolean() ? 1 : 0);
                return true;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                bound.AddDetail(utf8, DetailKind.Integer, number);
                return true;
            default:
                return false;
        }
    }

    private static byte[] Utf8(JsonElement value) => Encoding.UTF8.GetBytes(value.GetString()!);
}
