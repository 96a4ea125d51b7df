namespace ClearanceDaemon.Native;

/// <summary>Numbers of Linux.</summary>
internal static partial class DescriptorLimit
{
    private const int LinuxNoFile = 7;
}
