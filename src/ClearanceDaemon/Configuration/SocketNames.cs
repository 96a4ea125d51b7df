using System.Text.Json;

namespace ClearanceDaemon.Configuration;

/// <summary>The names of instances and of named ask sockets: parts of paths and of descriptor names, so a small alphabet.</summary>
internal static class SocketNames
{
    private const int MaxLength = 20;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');

    /// <summary>A name an ask socket may have: its callers' <c>via</c>, so never one of the doors' own: the verdicts on what <c>terok-shield</c> reports are carried out.</summary>
    public static bool IsValidForAsk(string name) => IsValid(name) && name is not ("ask" or "operator" or "terok-shield");

    /// <summary>Reads <c>"askSockets": {"claude": {}}</c>; the inner objects are for settings to come.</summary>
    public static string[] Read(JsonElement value, string source)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new StartException(ExitCodes.Configuration, $"{source}: it is an object of names, such as {{\"claude\": {{}}}}");
        }

        var names = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            names.Add(ReadName(member, source));
        }

        return [.. names];
    }

    private static string ReadName(JsonProperty member, string source)
    {
        if (!IsValidForAsk(member.Name))
        {
            throw new StartException(
                ExitCodes.Configuration, $"{source}: '{member.Name}' is no name for a socket: 1 to {MaxLength} of a-z, 0-9, _ and -, and not ask, operator or terok-shield");
        }

        return member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any()
            ? member.Name
            : throw new StartException(ExitCodes.Configuration, $"{source}: {member.Name} is an empty object, {{}}: there is nothing to set in it yet");
    }
}
