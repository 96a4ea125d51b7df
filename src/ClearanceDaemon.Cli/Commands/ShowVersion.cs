using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance --version</c>: name and version, without the revision that builds append.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        parseResult.InvocationConfiguration.Output.WriteLine($"clearance {version.Split('+')[0]}");
        return ExitCodes.Ok;
    }
}
