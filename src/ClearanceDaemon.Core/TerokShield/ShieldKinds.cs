namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What each <see cref="ShieldKind"/> is called on the wire, and what it means for the container.</summary>
internal static class ShieldKinds
{
    private static readonly ShieldKind[] All = Enum.GetValues<ShieldKind>();

    public static bool TryParse(ReadOnlySpan<byte> name, out ShieldKind kind)
    {
        foreach (var one in All)
        {
            if (name.SequenceEqual(one.Name()))
            {
                kind = one;
                return true;
            }
        }

        kind = default;
        return false;
    }

    public static ReadOnlySpan<byte> Name(this ShieldKind kind) => kind switch
    {
        ShieldKind.ContainerStarted => "container_started"u8,
        ShieldKind.ContainerExited => "container_exited"u8,
        ShieldKind.ShieldUp => "shield_up"u8,
        ShieldKind.ShieldDown => "shield_down"u8,
        ShieldKind.ShieldDownAll => "shield_down_all"u8,
        _ => "shield_disengaged"u8,
    };

    /// <summary>Why nothing of the container is to be answered any more; null when it is there and guarded.</summary>
    public static string? WhyGone(this ShieldKind kind) => kind switch
    {
        ShieldKind.ContainerStarted or ShieldKind.ShieldUp => null,
        ShieldKind.ContainerExited => "the container exited",
        ShieldKind.ShieldDisengaged => "the container's shield was disengaged",
        _ => "the container's shield is down",
    };
}
