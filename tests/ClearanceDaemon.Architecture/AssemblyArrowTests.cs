using System.Reflection;
using System.Xml.Linq;

namespace ClearanceDaemon.Architecture;

/// <summary>Which assembly may know which, read twice: from the project files (the intent) and from what was compiled (the fact).</summary>
public sealed class AssemblyArrowTests
{
    [Theory]
    [InlineData("UnixPeers")]
    [InlineData("ClearanceDaemon.Protocol")]
    public void The_libraries_stand_alone(string name)
    {
        const string why = "both are packages for programs that never heard of this one; every reference they have, their users have to carry.";
        const string instead = "keep what needs a reference in ClearanceDaemon.Core, or write the few lines here.";
        House.Holds(References(name, "ProjectReference").Select(other => $"{name}.csproj references {other}"), why, instead);
        House.Holds(
            References(name, "PackageReference").Where(static package => package != "System.Text.Json").Select(package => $"{name}.csproj references the package {package}"),
            why,
            instead);
        House.Holds(Compiled(name).Where(static other => !IsOfTheRuntime(other)).Select(other => $"{name}.dll references {other}"), why, instead);
    }

    [Fact]
    public void The_only_package_of_a_library_is_the_json_that_net9_lacks() => House.Holds(
        Project("ClearanceDaemon.Protocol").Descendants("PackageReference").Concat(Project("UnixPeers").Descendants("PackageReference"))
            .Where(static package => package.Attribute("Condition")?.Value != "'$(Framework)' == 'net9.0'")
            .Select(static package => package.ToString()),
        "net10.0 has every type that is used; a package there would only be one more thing to trust.",
        "give the reference Condition=\"'$(Framework)' == 'net9.0'\".");

    [Fact]
    public void The_command_line_never_sees_the_core()
    {
        const string why = "the command line speaks the protocol like every other client; what it could take from the core, other clients could not have.";
        const string instead = "put what both need into ClearanceDaemon.Protocol, or ask the daemon (clearanced --check-rules is run with execv for this reason).";
        House.Holds(Reach("ClearanceDaemon.Cli").Where(static project => project is "ClearanceDaemon.Core" or "ClearanceDaemon"), why, instead);
        House.Holds(Compiled("clearance").Where(static other => other is "ClearanceDaemon.Core" or "clearanced"), why, instead);
    }

    [Fact]
    public void The_core_knows_neither_the_hosts_implementation_nor_a_logger()
    {
        const string why = "the core is hosted: which host and which log sink is the program's choice, and others build hosts on the core.";
        const string instead = "use Microsoft.Extensions.Hosting.Abstractions and ILogger here; wire the rest in src/ClearanceDaemon.";
        House.Holds(References("ClearanceDaemon.Core", "PackageReference").Where(IsHostOrLogger), why, instead);
        House.Holds(Compiled("ClearanceDaemon.Core").Where(IsHostOrLogger), why, instead);
    }

    [Fact]
    public void Nothing_refers_to_the_daemon() => House.Holds(
        Projects().Where(static project => Reach(project).Contains("ClearanceDaemon")),
        "the daemon is a program; nothing is built on it.",
        "move what is wanted into ClearanceDaemon.Core.");

    [Fact]
    public void Nothing_in_the_daemon_knows_how_to_start_a_process() => House.Holds(
        Graph("clearanced").Where(static assembly => Compiled(assembly).Contains("System.Diagnostics.Process")).Select(static assembly => $"{assembly}.dll references System.Diagnostics.Process"),
        "the daemon executes nothing, and neither may what it is built from; the handlers process starts programs by posix_spawn, which leaves them no descriptor.",
        "ask the handlers process (ClearanceDaemon.Core.External); a package that starts processes is not for the daemon.");

    private static bool IsHostOrLogger(string name) =>
        name == "Microsoft.Extensions.Hosting" || name.StartsWith("Serilog", StringComparison.Ordinal);

    private static bool IsOfTheRuntime(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib" or "Microsoft.Win32.Primitives";

    private static IEnumerable<string> Projects() => Directory.GetDirectories(Path.Combine(SourceTree.Root, "src")).Select(static folder => Path.GetFileName(folder));

    private static XDocument Project(string name) => XDocument.Load(Path.Combine(SourceTree.Root, "src", name, name + ".csproj"));

    private static IEnumerable<string> References(string project, string kind) =>
        Project(project).Descendants(kind).Select(static item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value + (item.Name == "PackageReference" ? ".x" : "")));

    private static IEnumerable<string> Reach(string project) =>
        References(project, "ProjectReference").SelectMany(static other => Reach(other).Prepend(other)).Distinct();

    /// <summary>An assembly and all it is built from, packages included, but not the runtime.</summary>
    private static HashSet<string> Graph(string assembly)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { assembly };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var next))
        {
            foreach (var other in Compiled(next).Where(static name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"))).Where(found.Add))
            {
                open.Enqueue(other);
            }
        }

        return found;
    }

    /// <summary>What the compiler left in the assembly; all of ours lie beside these tests.</summary>
    private static string[] Compiled(string assembly) =>
        [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")).GetReferencedAssemblies().Select(static name => name.Name!)];
}
