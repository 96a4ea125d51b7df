using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The parser's help, then the verb's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Length: > 0 } verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in verb.Examples.Split('\n'))
            {
                output.WriteLine("  " + line);
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
