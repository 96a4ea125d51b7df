namespace UnixPeers.Tests.Inherited;

internal sealed class FakeEnvironment(params (string Name, string Value)[] variables) : IServiceEnvironment
{
    private readonly Dictionary<string, string> _variables = variables.ToDictionary(entry => entry.Name, entry => entry.Value);

    public IReadOnlyList<string> Names => [.. _variables.Keys];

    public string? Get(string name) => _variables.GetValueOrDefault(name);

    public void Remove(string name) => _variables.Remove(name);
}
