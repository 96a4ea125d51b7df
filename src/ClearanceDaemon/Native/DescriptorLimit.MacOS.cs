namespace ClearanceDaemon.Native;

/// <summary>Numbers of macOS. No Mac has run this code yet.</summary>
internal static partial class DescriptorLimit
{
    private const int MacNoFile = 8;
    private const ulong MacOpenMax = 10240;
}
