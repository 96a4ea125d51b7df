using ClearanceDaemon.Core.Grants;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>The order of changes, writes and what becomes of both, with writes that end when the test says so.</summary>
public sealed class WriterTests
{
    private readonly Loop _loop = new();
    private readonly List<string> _state = [];
    private readonly List<(string State, TaskCompletionSource<string?> End)> _writes = [];
    private readonly GrantWriter _writer;
    private int _written;

    public WriterTests() => _writer = new(Begin, () => _written++);

    [Fact]
    public void One_write_at_a_time_and_one_for_all_who_came_meanwhile()
    {
        Task<string?>[] tasks = [Change("a"), Change("b"), Change("c")];
        Assert.Equal(["a"], _writes.Select(static write => write.State));
        End(0, null);
        Assert.Null(_loop.Await(tasks[0]));
        Assert.Equal(["a", "a,b,c"], _writes.Select(static write => write.State));
        Assert.False(tasks[1].IsCompleted);
        Assert.True(_writer.IsBehind);
        End(1, null);
        Assert.Null(_loop.Await(tasks[1]));
        Assert.True(tasks[2].IsCompletedSuccessfully);
        Assert.False(_writer.IsBehind);
        Assert.Equal(2, _written);
    }

    [Fact]
    public void Whose_write_failed_takes_the_change_back_before_the_next_begins()
    {
        var first = Change("a");
        var second = Change("b");
        End(0, "disk full");
        Assert.Equal("disk full", _loop.Await(first));
        Assert.Equal("b", _writes[1].State);
        Assert.Equal("disk full", _writer.Error);
        End(1, null);
        Assert.Null(_loop.Await(second));
        Assert.Null(_writer.Error);
        Assert.False(_writer.IsBehind);
    }

    [Fact]
    public void All_of_a_batch_that_failed_take_theirs_back()
    {
        var first = Change("a");
        Task<string?>[] others = [Change("b"), Change("c")];
        End(0, null);
        _loop.Await(first);
        End(1, "no");
        Assert.Equal("no", _loop.Await(others[0]));
        Assert.Equal("no", _loop.Await(others[1]));
        Assert.Equal(["a"], _state);
        Assert.True(_writer.IsBehind);
    }

    [Fact]
    public void A_fault_of_the_write_is_told_to_those_who_wait()
    {
        var first = Change("a");
        _writes[0].End.SetException(new InvalidOperationException("out of luck"));
        Assert.Equal("grants cannot be written: out of luck", _loop.Await(first));
        var second = Change("b");
        End(1, null);
        Assert.Null(_loop.Await(second));
    }

    [Fact]
    public void Who_is_answered_may_change_something_at_once()
    {
        var second = _loop.Do(async () =>
        {
            await Change("a");
            return await Change("b");
        });
        End(0, null);
        _loop.Await(WhenWrites(2));
        Assert.Equal("a,b", _writes[1].State);
        End(1, null);
        Assert.Null(_loop.Await(second));
    }

    [Fact]
    public void A_fault_of_one_who_is_told_leaves_nobody_waiting()
    {
        var faulty = _loop.Do(() => _writer.SaveAsync(static _ => throw new InvalidOperationException("mine")));
        var other = Change("a");
        End(0, null);
        Assert.StartsWith("grants could not be kept in order", _loop.Await(faulty), StringComparison.Ordinal);
        Action goOn = () => _loop.Await(new TaskCompletionSource<int>().Task);
        Assert.Equal("mine", Assert.Throws<InvalidOperationException>(goOn).Message);
        Assert.True(_writer.IsBehind);
        var next = Change("b");
        End(1, null);
        Assert.Null(_loop.Await(next));
        Assert.Null(_loop.Await(other));
        Assert.False(_writer.IsBehind);
    }

    private async Task<int> WhenWrites(int count)
    {
        while (_writes.Count < count)
        {
            await Task.Yield();
        }

        return count;
    }

    private Task<string?> Change(string name)
    {
        _state.Add(name);
        return _loop.Do(() => _writer.SaveAsync(error =>
        {
            if (error is not null)
            {
                _state.Remove(name);
            }

            return error;
        }));
    }

    private Task<string?> Begin()
    {
        var end = new TaskCompletionSource<string?>();
        _writes.Add((string.Join(',', _state), end));
        return end.Task;
    }

    private void End(int write, string? error) => _writes[write].End.SetResult(error);
}
