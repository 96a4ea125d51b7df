using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What a reporter says of a container beside the facts: its project, task, name and whatever else it likes.</summary>
/// <param name="Members">In the order they were sent.</param>
/// <param name="Dropped">How many more there were that are not plain values, too long or too many.</param>
internal sealed record Dossier(IReadOnlyList<DossierMember> Members, int Dropped)
{
    public static readonly Dossier Empty = new([], 0);

    /// <summary>Reads the next value of the cursor; null when it is no object.</summary>
    public static Dossier? Read(ref JsonCursor json)
    {
        if (!json.TryEnterObject())
        {
            return null;
        }

        List<DossierMember>? members = null;
        var dropped = 0;
        while (json.NextMember(out var name))
        {
            // The cursor may decode the value over the name.
            var key = name.Length is > 0 and <= ShieldLimits.DossierNameBytes ? Encoding.UTF8.GetString(name) : null;
            var value = ReadValue(ref json, out var isText);
            if (key is null || value is null || members?.Count >= ShieldLimits.DossierMembers)
            {
                dropped++;
            }
            else
            {
                (members ??= []).Add(new(key, value, isText));
            }
        }

        return members is null && dropped == 0 ? Empty : new(members ?? [], dropped);
    }

    /// <summary>Writes it as the JSON object it came as, without what was dropped.</summary>
    public void WriteTo(LineBuffer json)
    {
        json.Raw((byte)'{');
        for (var i = 0; i < Members.Count; i++)
        {
            json.Raw(i == 0 ? default : ","u8);
            json.String(Encoding.UTF8.GetBytes(Members[i].Name));
            json.Raw((byte)':');
            var value = Encoding.UTF8.GetBytes(Members[i].Value);
            if (Members[i].IsText)
            {
                json.String(value);
            }
            else
            {
                json.Raw(value);
            }
        }

        json.Raw((byte)'}');
    }

    private static string? ReadValue(ref JsonCursor json, out bool isText)
    {
        var isPlain = json.Kind is not (JsonKind.Object or JsonKind.Array);
        isText = json.TryReadString(out var value);
        value = isText ? value : json.SkipValue();
        return isPlain && value.Length <= ShieldLimits.DossierValueBytes ? Encoding.UTF8.GetString(value) : null;
    }
}
