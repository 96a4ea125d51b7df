namespace UnixPeers;

/// <summary>The variables of this process, as far as a service manager sets them.</summary>
internal interface IServiceEnvironment
{
    IReadOnlyList<string> Names { get; }

    string? Get(string name);

    void Remove(string name);
}
