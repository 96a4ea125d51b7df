namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A named ask socket of a user manager, set up as the recipes' README says, with a rule for whoever comes through it.</summary>
internal sealed class NamedSocket : IDisposable
{
    private const string Template = "clearance-ask@.socket";
    private readonly UserManager _manager;
    private readonly string _name;
    private readonly string _unit;

    public NamedSocket(UserManager manager, string name)
    {
        (_manager, _name, _unit) = (manager, name, $"clearance-ask@{name}.socket");
        Path = $"{manager.Runtime}/ask.d/{name}/clearance.sock";
        manager.WriteFile(
            $"{manager.Configuration}/rules.d/20-{name}.json",
            $$$"""{"version":1,"rules":[{"id":"for-{{{name}}}","action":"demo.via","via":"{{{name}}}","decision":"allow"}]}""");
        manager.Run("cp", $"{manager.Tree}/packaging/sandbox/{Template}", manager.Units).Expect(0);
        manager.Systemctl("daemon-reload").Expect(0);
        manager.Systemctl("stop", "clearanced.service");
        manager.Systemctl("enable", "--now", _unit).Expect(0);
    }

    public string Path { get; }

    public void Dispose()
    {
        _manager.Systemctl("disable", "--now", _unit, "clearanced.service");

        // The manager leaves the socket's file, which to doctor is that of a daemon that was killed.
        _manager.Sh($"rm -f '{_manager.Units}/{Template}' '{_manager.Configuration}/rules.d/20-{_name}.json'; rm -rf '{System.IO.Path.GetDirectoryName(Path)}'").Expect(0);
        _manager.Systemctl("daemon-reload");
    }
}
