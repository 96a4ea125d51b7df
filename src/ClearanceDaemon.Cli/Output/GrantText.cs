using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>A grant in words.</summary>
internal static class GrantText
{
    public static SafeText Scope(GrantScope scope) => scope.Kind switch
    {
        ScopeKind.For => SafeText.Of($"for {scope.Duration}"),
        ScopeKind.UntilExit => SafeText.Of($"until exit"),
        ScopeKind.Uses when scope.Uses is { } uses => Count.Of(uses, "use"),
        _ => SafeText.Of($"{scope.Kind}"),
    };

    /// <summary>What is left of it: a time, uses, the process it ends with, or a dash.</summary>
    public static SafeText Left(GrantItem grant, Ages ages)
    {
        var left = grant.UsesLeft is { } uses ? Count.Of(uses, "use") : SafeText.None;
        left = grant.Pid is { } pid ? Join(left, SafeText.Of($"pid {pid}")) : left;
        left = grant.Expires is { } expires ? Join(left, SafeText.Of($"{ages.Until(expires)}")) : left;
        return left.Length == 0 ? SafeText.Of($"-") : left;
    }

    /// <summary>What an ask must be like to be answered by it.</summary>
    public static SafeText Match(GrantItem grant, Shown shown)
    {
        var text = SafeText.None;
        foreach (var (name, value) in grant.Match)
        {
            text = Append(text, value.ValueKind switch
            {
                JsonValueKind.Null => SafeText.Of($"no {shown.Text(name)}"),
                JsonValueKind.Array when Strings(value) is { } argv => SafeText.Of($"{shown.Text(name)}=[{shown.Argv(argv)}]"),
                _ => shown.Member(name, value),
            });
        }

        return text;
    }

    /// <summary>The elements of an array; null when one of them is no string.</summary>
    private static List<string>? Strings(JsonElement array)
    {
        var strings = new List<string>();
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            strings.Add(element.GetString()!);
        }

        return strings;
    }

    private static SafeText Join(SafeText left, SafeText right) => left.Length == 0 ? right : SafeText.Of($"{left}, {right}");

    private static SafeText Append(SafeText left, SafeText right) => left.Length == 0 ? right : SafeText.Of($"{left} {right}");
}
