using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Random lives of a machine, the same ones every time: whatever its clocks do, a grant never outlasts its time.</summary>
public sealed class ClockPropertyTests
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    [Fact]
    public void B62_no_life_of_a_machine_makes_a_grant_longer()
    {
        var random = new Random(62);
        var (answered, over) = (0, 0);
        for (var life = 0; life < 80; life++)
        {
            using var world = new World();
            var lasts = TimeSpan.FromMinutes(random.Next(1, 900));
            world.Add(World.Deploy(), GrantScopes.For, lasts);
            var (passed, crashes) = (TimeSpan.Zero, 0);
            for (var step = 0; step < 25; step++)
            {
                passed += Step(world, random, ref crashes);
                if (world.IsAnswered(World.Deploy()))
                {
                    answered++;
                    Assert.True(passed < lasts + (crashes * Slack), $"life {life}, step {step}: {passed} of {lasts}");
                }
                else
                {
                    over++;
                }
            }
        }

        // Both kinds are there, or nothing was tested.
        Assert.True(answered > 300 && over > 300, $"{answered} answered, {over} not");
    }

    /// <summary>Does something to the machine and says how long that took in truth.</summary>
    private static TimeSpan Step(World world, Random random, ref int crashes)
    {
        var time = TimeSpan.FromMinutes(random.Next(0, 120));
        switch (random.Next(8))
        {
            case 0:
                world.Suspend(time);
                return time;
            case 1:
                // Seen within a minute, unless the machine crashes first.
                world.Wall.Set(world.Wall.GetUtcNow() - (random.Next(1, 6) * time / 2));
                world.Pass(world.Limits.CheckEvery);
                world.Wait();
                return world.Limits.CheckEvery;
            case 2:
                world.Wall.Set(world.Wall.GetUtcNow() + time);
                return TimeSpan.Zero;
            case 3:
                world.Restart();
                return TimeSpan.Zero;
            case 4:
                crashes++;
                return Reboot(world, time);
            case 5:
                world.Settle();
                return Reboot(world, time);
            default:
                world.Pass(time);
                world.Wait();
                return time;
        }
    }

    private static TimeSpan Reboot(World world, TimeSpan off)
    {
        world.Boot.Reboot();
        world.Wall.Pass(off);
        world.Restart();
        return off;
    }
}
