namespace UnixPeers.Tests.Inherited;

/// <summary>Descriptors that were left open by whoever started us.</summary>
public sealed class StrayDescriptorsTests
{
    [Fact]
    public void All_from_a_number_on_are_closed_on_exec()
    {
        using HandedOver given = new HandedOver().File().File().File();
        StrayDescriptors.CloseOnExec(given.First + 1);
        Assert.Equal([false, true, true], CloseOnExec(given));
    }

    [Fact]
    public void The_list_does_the_same()
    {
        using HandedOver given = new HandedOver().File().File().File();
        StrayDescriptors.CloseListedOnExec(given.First + 1);
        Assert.Equal([false, true, true], CloseOnExec(given));
    }

    [Fact]
    public void A_negative_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StrayDescriptors.CloseOnExec(-1));
    }

    [Fact]
    public void What_is_not_open_is_told()
    {
        using HandedOver given = new HandedOver().File().Nothing();
        Assert.True(StrayDescriptors.TryCloseOnExec(given.First));
        Assert.False(StrayDescriptors.TryCloseOnExec(given.Last));
    }

    private static bool[] CloseOnExec(HandedOver given) =>
        [.. Enumerable.Range(given.First, given.Count).Select(HandedOver.IsCloseOnExec)];
}
