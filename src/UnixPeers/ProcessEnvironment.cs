using System.Collections;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>The real environment.</summary>
internal sealed class ProcessEnvironment : IServiceEnvironment
{
    public IReadOnlyList<string> Names
    {
        get
        {
            List<string> names = [];
            foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            {
                names.Add((string)entry.Key);
            }

            return names;
        }
    }

    public string? Get(string name) => Environment.GetEnvironmentVariable(name);

    public void Remove(string name)
    {
        // .NET keeps a copy; native code and its children see the C library's.
        Environment.SetEnvironmentVariable(name, null);
        _ = LibC.unsetenv(name);
    }
}
