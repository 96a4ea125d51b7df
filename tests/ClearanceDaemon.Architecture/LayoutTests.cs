using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>A file's place and name say what is in it.</summary>
public sealed class LayoutTests
{
    /// <summary>Partial types are split by platform, by service manager, or by a topic of the C library.</summary>
    private static readonly string[] Suffixes = ["Linux", "MacOS", "Systemd", "Launchd"];

    /// <summary>The constants that Linux and macOS agree on; any other differs, or exists on one of them only.</summary>
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "O_RDONLY", "O_WRONLY", "O_RDWR", "F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL", "FD_CLOEXEC", "LOCK_SH", "LOCK_EX", "LOCK_NB", "LOCK_UN", "R_OK", "W_OK", "X_OK",
        "AF_UNIX", "SOCK_STREAM", "SOCK_DGRAM", "SHUT_RD", "SHUT_WR", "SHUT_RDWR", "POLLIN", "POLLOUT", "POLLERR", "POLLHUP", "POLLNVAL",
        "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENOEXEC", "EBADF", "ECHILD", "ENOMEM", "EACCES", "EEXIST", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "EFBIG",
        "ENOSPC", "EROFS", "EPIPE", "SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGXFSZ", "SIG_DFL", "SIG_IGN", "P_PID",
    };

    /// <summary>Parts that only one system has, each with its reason.</summary>
    private static readonly Dictionary<string, string> OneSystem = new(StringComparer.Ordinal)
    {
        ["src/ClearanceDaemon.Core/Transport/Epoll.Linux.cs"] = "epoll is Linux's; Poll.cs serves the others",
        ["src/UnixPeers/ProcNetUnix.Linux.cs"] = "/proc is Linux's; elsewhere a listener is found by connecting",
        ["src/UnixPeers/PeerProcess.Linux.cs"] = "pidfds are Linux's; elsewhere a process is not pinned",
        ["src/UnixPeers/Native/LibC.Process.Linux.cs"] = "the numbers of the calls above",
    };

    private static readonly Regex TypeDeclaration = new(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>?\[\]]+)\s+(?<name>\w+)",
        RegexOptions.CultureInvariant);

    private static readonly Regex Constant = new(@"\b(?:const|static readonly)\s+\w+\s+(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+|E[A-Z]{3,}|EPOLL[A-Z]+|POLL[A-Z]+|SIG[A-Z]+)\s*=", RegexOptions.CultureInvariant);

    [Fact]
    public void The_namespace_is_the_folder() => House.Holds(
        SourceTree.Product.Concat(SourceTree.Tests).Where(static file => NamespaceOf(file) is { } name && name != Expected(file))
            .Select(static file => $"{file}: namespace {NamespaceOf(file)}, expected {Expected(file)}"),
        "a type's full name is then also where to find it, and a using tells which folder a file depends on (the arrows are read from them).",
        "rename the namespace or move the file.");

    [Fact]
    public void A_file_holds_one_type_and_has_its_name() => House.Holds(
        SourceTree.Product.Where(static file => TypesOf(file) is not [] and var types && (types.Length > 1 || types[0] != file.Stem))
            .Select(static file => $"{file} declares {string.Join(", ", TypesOf(file))}"),
        "the file that answers a question can then be guessed.",
        "one file per type, named after it; parts of a partial type add a suffix (PeerCredentials.Linux.cs).");

    [Fact]
    public void A_type_is_split_by_platform_only() => House.Holds(
        SourceTree.Product.Where(static file => !file.Folders.Contains("Native") && file.Name.Split('.') is [_, var suffix, ..] parts && parts.Length > 2 && !Suffixes.Contains(suffix))
            .Select(static file => file.Path),
        "a partial class that only grew is two classes that know each other's fields.",
        $"split by responsibility into types; suffixes are {string.Join(", ", Suffixes)}, and topics of the C library in Native/.");

    [Fact]
    public void Platform_constants_live_in_platform_files() => House.Holds(
        SourceTree.Product.Where(static file => !file.IsPlatform).SelectMany(static file => file.Code()
            // One line that chooses between both systems' values shows both.
            .Where(static line => !line.Text.Contains("OperatingSystem.Is", StringComparison.Ordinal))
            .SelectMany(static line => Constant.Matches(line.Text))
            .Select(static match => match.Groups["name"].Value)
            .Where(static name => !Shared.Contains(name) && LooksNative(name))
            .Select(name => $"{file}: {name}")),
        "the value of another system's constant is a valid number for something else; whoever reads X.Linux.cs knows which one it is.",
        "move it into the type's .Linux.cs or .MacOS.cs; if both systems truly agree on the value, add it to LayoutTests.Shared.");

    [Fact]
    public void What_Linux_answers_macOS_answers_too() => House.Holds(
        SourceTree.Product.Where(static file => file.Name.EndsWith(".Linux.cs", StringComparison.Ordinal))
            .Where(static file => !SourceTree.Has(file.Path.Replace(".Linux.cs", ".MacOS.cs", StringComparison.Ordinal)) && !IsOfOneSystem(file))
            .Select(static file => $"{file} has no {file.Stem}.MacOS.cs beside it"),
        "a question that is answered on one system only is forgotten on the other.",
        "add the other half, or put the reason into LayoutTests.OneSystem.");

    [Fact]
    public void The_list_of_what_one_system_has_is_true() => Assert.All(OneSystem.Keys, static path => Assert.True(SourceTree.Has(path), path));

    private static bool IsOfOneSystem(SourceFile file) => OneSystem.ContainsKey(file.Path);

    private static bool LooksNative(string name) =>
        name.Contains('_', StringComparison.Ordinal) || (name[0] == 'E' && name.Length <= 12) || name.StartsWith("SIG", StringComparison.Ordinal) || name.StartsWith("POLL", StringComparison.Ordinal);

    private static string? NamespaceOf(SourceFile file) =>
        file.Lines.FirstOrDefault(static line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    private static string Expected(SourceFile file)
    {
        var folders = file.Folders;
        return string.Join('.', folders[1..]);
    }

    private static string[] TypesOf(SourceFile file) =>
        [.. file.Code().Select(static line => TypeDeclaration.Match(line.Text)).Where(static match => match.Success).Select(static match => match.Groups["name"].Value).Distinct()];
}
