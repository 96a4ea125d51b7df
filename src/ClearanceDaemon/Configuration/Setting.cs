using System.Globalization;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Configuration;

/// <summary>One thing an operator can set: its key in clearanced.json, its environment variable, and how a value is checked.</summary>
/// <param name="Key">The member of clearanced.json.</param>
/// <param name="Expects">What a value must be, for the message when it is not.</param>
/// <param name="Apply">Takes the value over, or returns null when it does not fit.</param>
internal sealed record Setting(string Key, string Expects, Func<ClearanceOptions, string, ClearanceOptions?> Apply)
{
    /// <summary><c>CLEARANCE_MAX_CONNECTIONS</c> for <c>maxConnections</c>.</summary>
    public string Variable { get; } = VariableOf(Key);

    public static Setting Integer(string key, long least, long most, Func<ClearanceOptions, long, ClearanceOptions> apply) => new(
        key,
        $"an integer from {least} to {most}",
        (options, text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? apply(options, value)
            : null);

    public static Setting Time(string key, Func<ClearanceOptions, TimeSpan, ClearanceOptions> apply) => new(
        key,
        "a duration such as 5s or 2m",
        (options, text) => Duration.TryParse(text, out var value) ? apply(options, value) : null);

    public static Setting Flag(string key, Func<ClearanceOptions, bool, ClearanceOptions> apply) => new(
        key,
        "true or false",
        (options, text) => text switch { "true" => apply(options, true), "false" => apply(options, false), _ => null });

    public static Setting OneOf(string key, string[] words, Func<ClearanceOptions, string, ClearanceOptions> apply) => new(
        key,
        "one of " + string.Join(", ", words),
        (options, text) => words.Contains(text, StringComparer.Ordinal) ? apply(options, text) : null);

    /// <summary>Applies a value or says which key, from where, is wrong.</summary>
    public ClearanceOptions Use(ClearanceOptions options, string value, string source) => Apply(options, value)
        ?? throw new StartException(ExitCodes.Configuration, $"{source}: '{value}' does not fit; it is {Expects}");

    public string TextOf(JsonElement value, string source) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new StartException(ExitCodes.Configuration, $"{source}: it is {Expects}"),
    };

    private static string VariableOf(string key)
    {
        var variable = new StringBuilder("CLEARANCE_");
        foreach (var c in key)
        {
            variable.Append(char.IsUpper(c) ? "_" : "").Append(char.ToUpperInvariant(c));
        }

        return variable.ToString();
    }
}
