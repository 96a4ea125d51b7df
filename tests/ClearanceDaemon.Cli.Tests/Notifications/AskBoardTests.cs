using ClearanceDaemon.Cli.Notifications;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>Which ask is shown when.</summary>
public sealed class AskBoardTests
{
    private readonly AskBoard _board = new(NoticeLimits.OpenAsks);

    [Fact]
    public void AsManyAsTheLimitAreOpenAndOneMoreWaits()
    {
        Ask(1, NoticeLimits.OpenAsks);
        Assert.Equal([1, 2, 3, 4, 5], Open());
        Assert.Equal(0, _board.Waiting);
        Ask(6, 6);
        Assert.Empty(Open());
        Assert.Equal(1, _board.Waiting);
        _board.Ended(Id(2));
        Assert.Equal([6], Open());
    }

    [Fact]
    public void OneThatWasHandledIsNotShownAgainThoughItComesAgain()
    {
        Ask(1, 1);
        Open();
        _board.Handled(Id(1));
        Ask(1, 2);
        Assert.Equal([2], Open());
    }

    [Fact]
    public void OneThatWasNotShownIsNextAgain()
    {
        Ask(1, 7);
        Open();
        _board.NotShown(OperatorDaemon.Item(3));
        Assert.Equal([3], Open());
        _board.NotShown(OperatorDaemon.Item(3));
        _board.Ended(Id(3));
        _board.NotShown(OperatorDaemon.Item(3));
        Assert.Equal([6], Open());
    }

    [Fact]
    public void ASnapshotEndsWhatIsNotInItWhereverItIs()
    {
        Ask(1, 8);
        Open();
        _board.Handled(Id(1));
        _board.BeginSnapshot();
        Ask(3, 6);
        Ask(9, 9);
        Assert.Equal([Id(1), Id(2), Id(7), Id(8)], _board.EndSnapshot().Order());
        Assert.Equal([6, 9], Open());
        Assert.Empty(_board.EndSnapshot());
    }

    [Fact]
    public void AsksThatComeAndGoLeaveNothing()
    {
        Ask(1, 5);
        Open();
        for (var number = 6; number < 10_000; number++)
        {
            Ask(number, number);
            _board.Ended(Id(number));
        }

        Assert.Equal(0, _board.Waiting);
        _board.Ended(Id(1));
        Assert.Empty(Open());
    }

    private static string Id(int number) => OperatorDaemon.Item(number).Id;

    private void Ask(int from, int to)
    {
        for (var number = from; number <= to; number++)
        {
            _board.Asked(OperatorDaemon.Item(number));
        }
    }

    private List<int> Open()
    {
        var opened = new List<int>();
        while (_board.Open() is { } item)
        {
            opened.Add(int.Parse(item.Ask.Action["demo.n".Length..]));
        }

        return opened;
    }
}
