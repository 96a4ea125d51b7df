using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance --version</c>: name and version, without the revision that builds append.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <summary>This program's version.</summary>
    internal static string Own { get; } =
        (typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+')[0];

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"clearance {Own}");
        return ExitCodes.Ok;
    }
}
