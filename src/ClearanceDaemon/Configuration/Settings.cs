using System.Text.Json;
using ClearanceDaemon.Core;
using UnixPeers;

namespace ClearanceDaemon.Configuration;

/// <summary>All settings, and where their values come from: clearanced.json, then CLEARANCE_* variables, then flags; the later wins.</summary>
internal static class Settings
{
    public static readonly string[] LogLevels = ["trace", "debug", "information", "warning", "error"];

    private static readonly Setting[] All =
    [
        Setting.Integer("maxConnections", 1, 1_000_000, static (o, v) => o with { MaxConnections = (int)v }),
        Setting.Integer("maxConnectionsPerProcess", 1, 1_000_000, static (o, v) => o with { MaxConnectionsPerProcess = (int)v }),
        Setting.Integer("maxOperatorConnections", 1, 100_000, static (o, v) => o with { MaxOperatorConnections = (int)v }),
        Setting.Integer("maxInFlight", 1, 100_000, static (o, v) => o with { MaxInFlight = (int)v }),
        Setting.Integer("maxPending", 1, 1_000_000, static (o, v) => o with { MaxPending = (int)v }),
        Setting.Integer("maxPendingPerProcess", 1, 1_000_000, static (o, v) => o with { MaxPendingPerProcess = (int)v }),
        Setting.Integer("maxPromptsPerMinute", 1, 1_000_000, static (o, v) => o with { MaxPromptsPerMinute = (int)v }),
        Setting.Flag("selfApproval", static (o, v) => o with { SelfApproval = v }),
        Setting.Integer("auditMaxBytes", 1 << 20, 1L << 50, static (o, v) => o with { AuditMaxBytes = v }),
        Setting.Time("drainTime", static (o, v) => o with { DrainTime = v }),
        Setting.OneOf("logLevel", LogLevels, static (o, v) => o with { LogLevel = v }),
    ];

    private static readonly JsonDocumentOptions Strict = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 4, AllowDuplicateProperties = false };

    public static ClearanceOptions Load(string file, string? logLevel)
    {
        var options = FromEnvironment(FromFile(file));
        return logLevel is null ? options : options with { LogLevel = logLevel };
    }

    private static ClearanceOptions FromFile(string file)
    {
        // A directory or a link to nothing in its place is a mistake, not an absence.
        if (!Path.Exists(file) && new FileInfo(file).LinkTarget is null)
        {
            return new();
        }

        try
        {
            return Read(file);
        }
        catch (InvalidOperationException)
        {
            // How the reader tells of half a surrogate pair, wherever it stands.
            throw new StartException(ExitCodes.Configuration, $"{file}: a text in it holds half a surrogate pair, which is no character; remove it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCodes.Configuration, $"{file}: it cannot be read: {e.Message}");
        }
    }

    private static ClearanceOptions Read(string file)
    {
        if (TrustedPath.Refusal(file) is { } refusal)
        {
            throw new StartException(ExitCodes.Configuration, $"{file}: {refusal}");
        }

        using var document = Parse(file);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new StartException(ExitCodes.Configuration, $"{file}: the file holds one object, {{ … }}");
        }

        var options = new ClearanceOptions();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            options = FromMember(options, member, file);
        }

        return options;
    }

    private static JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file), Strict);
        }
        catch (JsonException e)
        {
            throw new StartException(ExitCodes.Configuration, $"{file}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: this is not JSON as it must be: {e.Message}");
        }
    }

    private static ClearanceOptions FromMember(ClearanceOptions options, JsonProperty member, string file)
    {
        var source = $"{file}: {member.Name}";
        if (member.NameEquals("askSockets"))
        {
            return options with { AskSockets = SocketNames.Read(member.Value, source) };
        }

        var setting = Array.Find(All, known => member.NameEquals(known.Key)) ?? throw new StartException(
            ExitCodes.Configuration, $"{source}: there is no such setting; there are askSockets, {string.Join(", ", All.Select(static known => known.Key))}");
        return setting.Use(options, setting.TextOf(member.Value, source), source);
    }

    private static ClearanceOptions FromEnvironment(ClearanceOptions options)
    {
        foreach (var setting in All)
        {
            if (Environment.GetEnvironmentVariable(setting.Variable) is { Length: > 0 } value)
            {
                options = setting.Use(options, value, setting.Variable);
            }
        }

        return options;
    }
}
