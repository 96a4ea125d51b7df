using System.Collections;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The variables that programs get. Those of the service manager are never among them: who has them can speak in our name (B40).</summary>
internal static class HandlerEnvironment
{
    /// <summary>What every handler gets as this process has it; its manifest may name more.</summary>
    public static readonly string[] Usual = ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"];

    /// <summary>Tells a program which handler it is, and a person whose process it is.</summary>
    public const string NameVariable = "CLEARANCE_HANDLER";

    public static IReadOnlyList<string> For(Manifest manifest)
    {
        var variables = new List<string> { $"{NameVariable}={manifest.Name}" };
        foreach (var name in Usual.Concat(manifest.Env).Distinct(StringComparer.Ordinal))
        {
            if (name != NameVariable && !VariableName.IsWithheld(name) && Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables.Add($"{name}={value}");
            }
        }

        return variables;
    }

    /// <summary>All that this process has: for what is a part of it, or of the daemon.</summary>
    public static IReadOnlyList<string> Own()
    {
        var variables = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (!VariableName.IsWithheld((string)variable.Key))
            {
                variables.Add($"{variable.Key}={variable.Value}");
            }
        }

        return variables;
    }
}
