using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>Counting in a dictionary with one look-up.</summary>
internal static class DictionaryRefs
{
    public static ref int AsRef(this Dictionary<int, int> counts, int key) => ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
}
