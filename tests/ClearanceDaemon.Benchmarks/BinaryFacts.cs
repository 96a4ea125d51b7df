using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>Which framework a binary was built with, read from the binary itself.</summary>
internal static class BinaryFacts
{
    public static string Framework(Subject subject)
    {
        if (subject.IsLimit)
        {
            return "C, cc -O2";
        }

        var configuration = Path.ChangeExtension(subject.Daemon, ".runtimeconfig.json");
        if (subject.Managed || File.Exists(configuration))
        {
            return "CoreCLR";
        }

        var bytes = File.ReadAllBytes(subject.Daemon);
        foreach (var version in new[] { "9.0", "10.0", "11.0" })
        {
            var name = $".NETCoreApp,Version=v{version}";
            if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) >= 0)
            {
                return $"NativeAOT, net{version}";
            }
        }

        return "NativeAOT";
    }
}
