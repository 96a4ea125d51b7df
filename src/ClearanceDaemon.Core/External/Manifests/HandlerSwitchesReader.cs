using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>Reads the file of switches, whole or not at all.</summary>
internal sealed class HandlerSwitchesReader(DocumentText text)
{
    private static readonly string[] Members = ["version", "on", "off"];

    private readonly DocumentValueReader _values = new(text);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Null when any problem was found.</summary>
    public HandlerSwitches? Read()
    {
        if (DocumentSyntax.ReadWhole(text) is not { } json || !_values.IsObject(json, "the file of switches"))
        {
            return null;
        }

        _values.CheckNames(json, "the file of switches", Members);
        if (json.Find("version") is { } version)
        {
            _values.Version(version.Value);
        }
        else
        {
            text.Problem(json.Start, "the file of switches needs \"version\": 1");
        }

        var on = ReadNames(json, "on");
        var off = ReadNames(json, "off");
        if (_names.Count > ManifestLimits.Switches)
        {
            text.Problem(json.Start, $"the file of switches holds at most {ManifestLimits.Switches} names");
        }

        return text.ProblemCount == 0 ? new(on, off) : null;
    }

    private List<string> ReadNames(DocumentJson json, string member)
    {
        var names = new List<string>();
        if (json.Find(member) is not { Value: var array })
        {
            return names;
        }

        if (!array.IsArray)
        {
            text.Problem(array.Start, $"{member} is an array of names of handlers");
        }

        foreach (var item in array.Items)
        {
            if (!item.IsString || !HandlerName.IsValid(item.Text))
            {
                text.Problem(item.Start, $"each of {member} is the name of a handler");
            }
            else if (!_names.Add(item.Text))
            {
                text.Problem(item.Start, $"\"{item.Text}\" stands in this file twice; keep one");
            }
            else
            {
                names.Add(item.Text);
            }
        }

        return names;
    }
}
