using System.Diagnostics;
using System.Runtime.CompilerServices;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>This program started again as a process that only writes a log, so that it can be killed or limited.</summary>
internal static class AuditChild
{
    private const string RootVariable = "AUDIT_CHILD_ROOT";
    private const string ModeVariable = "AUDIT_CHILD_MODE";

    /// <summary>Starts it through a shell that first runs <paramref name="prelude"/>.</summary>
    public static Process Start(string root, string mode, string prelude)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{prelude}; exec \"$0\"", Environment.ProcessPath!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [RootVariable] = root, [ModeVariable] = mode, ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void RunAsChild()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { } root)
        {
            Environment.Exit(Write(root, forever: Environment.GetEnvironmentVariable(ModeVariable) == "for-ever"));
        }
    }

    private static int Write(string root, bool forever)
    {
        using var log = AuditLog.Open(new AuditOptions
        {
            Directory = Path.Combine(root, "audit"),
            AnchorPath = Path.Combine(root, "anchor"),
            PrepareDirectory = AuditFixture.MakePrivate,
        });
        while (AuditFixture.Add(log, 3))
        {
            if (forever)
            {
                // The parent counts these as answers: each stands for records that must survive.
                Console.Out.WriteLine(log.Status.Seq);
                Console.Out.Flush();
            }
        }

        Console.Out.WriteLine(log.Status.Error);
        return forever ? 1 : 0;
    }
}
