using System.Reflection;
using ClearanceDaemon.Configuration;
using ClearanceDaemon.Core;
using ClearanceDaemon.Core.ServiceManager;
using ClearanceDaemon.HandlersMode;
using ClearanceDaemon.Logging;
using ClearanceDaemon.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace ClearanceDaemon;

/// <summary>clearanced: prepares the process, claims an instance, runs the host.</summary>
internal static class Program
{
    private static string Version =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static int Main(string[] args)
    {
        using var startup = Startup.Prepare(isDaemon: !args.Contains("--handlers"));
        try
        {
            return Run(startup, args);
        }
        catch (Exception e)
        {
            return Fail(startup, StartException.From(e));
        }
    }

    private static int Run(Startup startup, string[] args)
    {
        if (CommandLine.Parse(args, out var exitCode) is not { } arguments)
        {
            return exitCode == ExitCodes.Ok || startup.Inherited.Count == 0
                ? exitCode
                : throw new StartException(exitCode, "the flags it was started with make no sense; see ExecStart= and its log");
        }

        return arguments.CheckRules is { } paths ? RulesCheck.Run(paths, arguments.Json, Console.Out)
            : arguments.Handlers ? HandlersMain.Run(startup, arguments, Version)
            : Serve(startup, arguments);
    }

    private static int Serve(Startup startup, DaemonArguments arguments)
    {
        if (startup.InheritedFault is not null)
        {
            throw startup.InheritedFault;
        }

        // A daemon that was activated has nothing to leave behind before it serves, and its first caller is waiting.
        var early = startup.Inherited.Count == 0 ? new EarlyStop() : null;
        var warnings = new List<string>();
        using var instance = Instance.Claim(arguments, startup.Inherited, warnings.Add);
        using var serilog = LogSetup.Create(instance.Options.LogLevel, SystemdHelpers.IsJournal());
        using var logs = new SerilogLoggerFactory(serilog);

        using var beside = startup.Inherited.Count == 0 ? BesideProcess.Start(instance.Places, arguments.Ephemeral, arguments) : null;

        // What runs beside the daemon has to run by now; and no caller has been heard yet.
        var setup = instance.Setup(arguments, Version) with { ExecForbidden = NoExec.Install(warnings.Add) };
        using var server = new ClearanceServer(new ServerParts(setup, instance.Options, logs), []);

        // Whoever connected to start us has its answer before there is a host around the server.
        server.Start();
        using var stop = early ?? new EarlyStop();
        using var host = BuildHost(startup, instance.Options, server, serilog);
        warnings.ForEach(warning => LogEvents.Warning(logs.CreateLogger<Instance>(), warning));
        host.Start();
        startup.IsOver = true;
        if (arguments.Ephemeral)
        {
            using var output = Console.OpenStandardOutput();
            EphemeralPlace.Announce(instance, output);
        }

        stop.PassTo(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
        host.WaitForShutdown();
        return Environment.ExitCode;
    }

    private static IHost BuildHost(Startup startup, ClearanceOptions settings, ClearanceServer server, Serilog.ILogger serilog)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true, ApplicationName = "clearanced" });
        builder.Logging.AddSerilog(serilog);
        builder.Services.AddClearanceDaemon(server);
        builder.Services.AddSystemd(startup.Environment);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTime + TimeSpan.FromSeconds(5));
        builder.Services.Configure<ConsoleLifetimeOptions>(static options => options.SuppressStatusMessages = true);
        return builder.Build();
    }

    /// <summary>A start that cannot be: told, and with inherited sockets told to every caller too, instead of being started again and again.</summary>
    private static int Fail(Startup startup, StartException fault)
    {
        Console.Error.WriteLine((SystemdHelpers.IsJournal() ? "<3>" : "") + "clearanced: " + LogLines.OneLine(fault.Message));
        if (startup.Inherited.Count > 0 && !startup.IsOver)
        {
            _ = NoExec.Install(static _ => { });
            Unavailable.Serve(startup, fault.Message);
        }

        return fault.ExitCode;
    }
}
