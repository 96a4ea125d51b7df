namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>Waits for a condition with a deadline far beyond anything a healthy run takes; says what it waited for when it never came.</summary>
internal static class Until
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static void True(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Deadline))
        {
            Assert.Fail($"Waited {Deadline.TotalSeconds} s for this, and it never came: {what}.");
        }
    }
}
