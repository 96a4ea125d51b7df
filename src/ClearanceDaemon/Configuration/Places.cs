using UnixPeers;

namespace ClearanceDaemon.Configuration;

/// <summary>Where one instance keeps its sockets, settings and state.</summary>
internal sealed record Places(string Runtime, string Config, string State)
{
    private const string AdminConfig = "/etc/clearance";

    public string Lock => Path.Combine(Runtime, "lock");

    public string AskSocket => Path.Combine(Runtime, "ask", "clearance.sock");

    public string OperatorSocket => Path.Combine(Runtime, "operator", "clearance.sock");

    /// <summary>Where the process that runs handlers takes the daemon's orders.</summary>
    public string HandlersSocket => Path.Combine(Runtime, "handlers", "clearance.sock");

    public string Settings => Path.Combine(Config, "clearanced.json");

    /// <summary>The user's rules and the admin's.</summary>
    public IReadOnlyList<string> Rules => [Path.Combine(Config, "rules.d"), Path.Combine(AdminConfig, "rules.d")];

    /// <summary>The user's manifests of handlers and the admin's.</summary>
    public IReadOnlyList<string> Handlers => [Path.Combine(Config, "handlers.d"), Path.Combine(AdminConfig, "handlers.d")];

    public static Places OfInstance(string instance)
    {
        var name = instance.Length == 0 ? "clearance" : "clearance-" + instance;
        return new(
            RuntimeDirectory.RuntimePath(name),
            Path.Combine(Base("XDG_CONFIG_HOME", ".config"), name),
            Path.Combine(Base("XDG_STATE_HOME", ".local/state"), name));
    }

    public static Places OfEphemeral(string directory) =>
        new(Path.Combine(directory, "run"), Path.Combine(directory, "config"), Path.Combine(directory, "state"));

    public string NamedSocket(string name) => Path.Combine(Runtime, "ask.d", name, "clearance.sock");

    private static string Base(string variable, string underHome)
    {
        var set = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(set))
        {
            return Path.Combine(Home(), underHome);
        }

        return Path.IsPathFullyQualified(set)
            ? set
            : throw new StartException(ExitCodes.Configuration, $"{variable} is '{set}', which is not an absolute path; set it to one or unset it");
    }

    private static string Home()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathFullyQualified(home)
            ? home
            : throw new StartException(ExitCodes.Configuration, "HOME is not set to an absolute path; set it, or set XDG_CONFIG_HOME and XDG_STATE_HOME");
    }
}
