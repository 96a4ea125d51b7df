using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Matchers;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Reads value matchers: a plain string, or an object whose one member says how to compare.</summary>
internal sealed class ValueMatcherReader(DocumentText text, DocumentValueReader values)
{
    private const int MaxValueBytes = ProtocolLimits.AskLineBytes;
    private readonly NetworkReader _networks = new(text, values);

    /// <summary>Null, and a problem reported, when it is no matcher for that place.</summary>
    public ValueMatcher? Read(DocumentJson json, ValuePlace place)
    {
        if (json.IsString)
        {
            return new EqualsMatcher(Encoding.UTF8.GetBytes(json.Text));
        }

        var kinds = json.Members.Where(m => place.Kinds.Contains(m.Name)).ToList();
        if (!json.IsObject || kinds.Count != 1)
        {
            text.Problem(json.Start, $"{place.Name} is a string, or an object with one of {string.Join(", ", place.Kinds)}");
            return null;
        }

        var takesPort = kinds[0].Name is "host" or "cidr";
        values.CheckNames(json, place.Name, takesPort ? [kinds[0].Name, "port"] : [kinds[0].Name]);
        return kinds[0].Name switch
        {
            "equals" => ReadEquals(kinds[0].Value),
            "oneOf" => ReadOneOf(kinds[0].Value),
            "glob" => ReadGlob(kinds[0].Value),
            "under" => ReadUnder(kinds[0].Value),
            "host" => _networks.ReadHost(kinds[0].Value, json.Find("port")?.Value),
            _ => _networks.ReadCidr(kinds[0].Value, json.Find("port")?.Value),
        };
    }

    private EqualsMatcher? ReadEquals(DocumentJson json)
    {
        if (json.IsString)
        {
            return new(Encoding.UTF8.GetBytes(json.Text));
        }

        text.Problem(json.Start, "equals is a string");
        return null;
    }

    private OneOfMatcher? ReadOneOf(DocumentJson json)
    {
        var options = new List<byte[]>();
        foreach (var item in values.Items(json, "oneOf"))
        {
            if (!item.IsString)
            {
                text.Problem(item.Start, "oneOf holds strings");
            }
            else if (options.Exists(o => o.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(item.Text))))
            {
                text.Problem(item.Start, $"{JsonQuote.Of(item.Text)} is already in this oneOf; keep one");
            }
            else
            {
                options.Add(Encoding.UTF8.GetBytes(item.Text));
            }
        }

        return options.Count == 0 ? null : new(options);
    }

    private GlobMatcher? ReadGlob(DocumentJson json)
    {
        if (values.String(json, "glob", MaxValueBytes) is not { } pattern)
        {
            return null;
        }

        var glob = GlobMatcher.Create(pattern, out var problem);
        if (problem is not null)
        {
            text.Problem(json.Start, problem);
        }

        return glob;
    }

    private UnderMatcher? ReadUnder(DocumentJson json)
    {
        if (json.IsString && ResourcePath.IsNormalPath(Encoding.UTF8.GetBytes(json.Text)))
        {
            return new(Encoding.UTF8.GetBytes(json.Text));
        }

        text.Problem(json.Start, "under is an absolute path without //, /./, /../ and without a slash at its end, such as \"/srv/data\"");
        return null;
    }
}
