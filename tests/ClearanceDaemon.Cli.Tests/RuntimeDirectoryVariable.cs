namespace ClearanceDaemon.Cli.Tests;

/// <summary>A private runtime directory that XDG_RUNTIME_DIR of this process names until disposed.</summary>
internal sealed class RuntimeDirectoryVariable : IDisposable
{
    private const string Name = "XDG_RUNTIME_DIR";
    private readonly TempDirectory _directory = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Name);

    public RuntimeDirectoryVariable() => Environment.SetEnvironmentVariable(Name, _directory.Path);

    public string Path => _directory.Path;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Name, _before);
        _directory.Dispose();
    }
}
