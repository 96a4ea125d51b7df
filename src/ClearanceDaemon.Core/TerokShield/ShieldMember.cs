using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>Reads the values that more than one kind of line has. What may be absent may be null as well.</summary>
internal static class ShieldMember
{
    public static bool TryContainer(ref JsonCursor json, out string? container)
    {
        container = json.TryReadString(out var text) ? HostText.Container(text) : null;
        return container is not null;
    }

    public static bool TryDossier(ref JsonCursor json, out Dossier? dossier)
    {
        dossier = IsNull(ref json) ? Dossier.Empty : Dossier.Read(ref json);
        return dossier is not null;
    }

    /// <summary>Passes over a null.</summary>
    public static bool IsNull(ref JsonCursor json)
    {
        if (json.Kind != JsonKind.Null)
        {
            return false;
        }

        json.SkipValue();
        return true;
    }
}
