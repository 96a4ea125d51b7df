using System.Runtime.Versioning;
using ClearanceDaemon.Benchmarks;

[assembly: SupportedOSPlatform("linux")] // it reads /proc

// Exit codes as sysexits: 64 usage, 69 something needed is missing, 130 interrupted.
if (!BenchmarkOptions.TryParse(args, out var options, out var refusal))
{
    Console.Error.WriteLine(refusal);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 64;
}

Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    Benchmark.Interrupt();
};
try
{
    var report = Benchmark.Run(options);
    Console.Out.Write(report);
    if (options.OutputFile is not null)
    {
        File.WriteAllText(options.OutputFile, report);
    }

    return 0;
}
catch (BenchmarkException e)
{
    Console.Error.WriteLine(e.Message);
    return 69;
}
catch (OperationCanceledException)
{
    return 130;
}
