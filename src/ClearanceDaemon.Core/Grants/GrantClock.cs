using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// The one place that says how long a grant still stands. Within a boot its clock decides, which counts sleep and which
/// nobody can set, and the wall clock may only shorten. After a reboot the wall clock tells how long the machine was off,
/// unless it is behind the latest time ever seen: then nobody knows, and the grant has ended. No clock makes a grant longer.
/// </summary>
internal sealed class GrantClock(BootClock boot, TimeProvider wall)
{
    public DateTimeOffset Wall => wall.GetUtcNow();

    /// <summary>How far the wall clock is from the boot's; smaller than before when somebody set it back.</summary>
    public TimeSpan Offset => Wall - DateTimeOffset.UnixEpoch - boot.Now;

    /// <summary>The current boot, for a grant that ends with a process of it.</summary>
    public GrantBoot ThisBoot => new(boot.BootId, null);

    /// <summary>Both ends of what stands for <paramref name="time"/> from now.</summary>
    public (DateTimeOffset Wall, GrantBoot Boot) EndAfter(TimeSpan time) => (Wall + time, new(boot.BootId, boot.Now + time));

    /// <summary>What is left of a grant, zero or less when it has ended; null when it has no end in time. Only for grants of this boot.</summary>
    public TimeSpan? Remaining(Grant grant)
    {
        if (grant.ExpiresWall is not { } expires || grant.Boot?.Expires is not { } onBoot)
        {
            return null;
        }

        var (byBoot, byWall) = (onBoot - boot.Now, expires - Wall);
        return byBoot < byWall ? byBoot : byWall;
    }

    public bool HasEnded(Grant grant) => Remaining(grant) <= TimeSpan.Zero;

    /// <summary>How much of its time a grant has had; a grant without an end counts as older than any.</summary>
    public TimeSpan Age(Grant grant) => grant.Lasts - Remaining(grant) ?? TimeSpan.MaxValue;

    /// <summary>
    /// The grant as it is kept on disk: its end on the wall clock is drawn in where that clock was set back, or a reboot
    /// would give the difference back.
    /// </summary>
    public Grant ForDisk(Grant grant)
    {
        if (Remaining(grant) is not { } left)
        {
            return grant.UsesLeft is null ? grant : grant.Until(null, grant.Boot);
        }

        var end = Wall + left;
        return grant.Until(end < grant.ExpiresWall ? end : grant.ExpiresWall, grant.Boot);
    }

    /// <summary>A grant from the file as it stands now, on this boot's clock; null when it has ended.</summary>
    /// <param name="grant">As it was read.</param>
    /// <param name="latest">The latest wall time ever seen.</param>
    public Grant? Resume(Grant grant, DateTimeOffset latest)
    {
        if (grant.ExpiresWall is not { } expires)
        {
            return grant;
        }

        var now = Wall;
        var sameBoot = grant.Boot is { } its && its.Id == boot.BootId;
        if (!sameBoot && now < latest)
        {
            return null;
        }

        var left = sameBoot ? Remaining(grant)!.Value : expires - now;
        left = left < grant.Lasts ? left : grant.Lasts!.Value;
        return left > TimeSpan.Zero ? grant.Until(expires, new(boot.BootId, boot.Now + left)) : null;
    }

    /// <summary>True when a grant of a process was made in this boot: ids of another one mean nothing.</summary>
    public bool IsOfThisBoot(Grant grant) => grant.Boot is { } its && its.Id == boot.BootId;
}
