using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using Microsoft.Extensions.DependencyInjection;

namespace ClearanceDaemon.Core.Tests.Dispatch;

public sealed class DispatchTests
{
    [Fact]
    public void Two_handlers_of_one_method_are_refused_and_both_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new MethodTable([new Echo("a.b"), new Echo("a.b")]));
        Assert.Contains("a.b has two handlers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper.case")]
    [InlineData("a..b")]
    [InlineData("a b")]
    public void A_method_is_dotted_lower_case_words(string method) => Assert.Throws<InvalidOperationException>(() => new MethodTable([new Echo(method)]));

    [Fact]
    public void A_handler_for_nobody_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new MethodTable([new Echo("a.b", CallerRoles.None)]));

    [Fact]
    public void A_method_is_found_for_its_callers_only()
    {
        var table = new MethodTable([new Echo("a.b", CallerRoles.Operator)]);
        Assert.True(table.TryFind("a.b"u8, CallerRoles.Operator, out _));
        Assert.False(table.TryFind("a.b"u8, CallerRoles.Ask, out _));
        Assert.False(table.TryFind("a.c"u8, CallerRoles.Operator, out _));
        Assert.Equal([("a.b", CallerRoles.Operator)], table.Methods);
    }

    [Fact]
    public void A_host_that_adds_a_built_in_method_again_does_not_start()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new TestDaemon(services: static s => s.AddSingleton<IRequestHandler>(new Echo("clearance.ping"))));
        Assert.Contains("clearance.ping has two handlers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sync", "handled")]
    [InlineData("async", "handled")]
    [InlineData("late", "handled")]
    [InlineData("throw", "internal")]
    [InlineData("throw-late", "internal")]
    [InlineData("silent", "internal")]
    [InlineData("silent-late", "internal")]
    [InlineData("twice", "handled")]
    public void Whatever_a_handler_does_its_request_is_answered_once(string how, string expected)
    {
        using var daemon = new TestDaemon(services: static s => s.AddRequestHandler<Misbehaving>());
        using var client = daemon.Ask();
        client.Send($$$"""{"jsonrpc":"2.0","id":1,"method":"test.misbehave","params":{"id":"{{{how}}}"}}""" + "\n");
        var reply = TestDaemon.Parse(client.ReadLine()!);
        var said = reply.TryGetProperty("error", out var error) ? error.GetProperty("data").GetProperty("code").GetString() : reply.GetProperty("result").GetProperty("said").GetString();
        Assert.Equal(expected, said);
        Assert.True(TestDaemon.Call(client, "clearance.ping").GetProperty("pong").GetBoolean());
        Assert.Equal(how is "sync" or "async" or "late" ? 0 : 1, daemon.Count(Core.Metrics.Counter.HandlerFaults));
    }

    [Fact]
    public void A_third_partys_typed_handler_serves_its_method_to_its_callers()
    {
        using var daemon = new TestDaemon(services: static s => s.AddRequestHandler<TypedPing>());
        using var operators = daemon.Operator();
        Assert.Equal(42, TestDaemon.Call(operators, "test.typed").GetProperty("pid").GetInt32());
        Assert.Equal(-32602, TestDaemon.Call(operators, "test.typed", """{"unknown":1}""").GetProperty("code").GetInt32());
        using var asker = daemon.Ask();
        Assert.Equal(-32601, TestDaemon.Call(asker, "test.typed").GetProperty("code").GetInt32());
    }

    private sealed class Echo(string method, CallerRoles callers = CallerRoles.Any) : IRequestHandler
    {
        public string Method => method;

        public CallerRoles Callers => callers;

        public ValueTask HandleAsync(RequestContext request) => ValueTask.CompletedTask;
    }

    public sealed class TypedPing() : RequestHandler<NoParams, PingResult>(
        "test.typed", CallerRoles.Operator, ProtocolJson.Default.NoParams, ProtocolJson.Default.PingResult)
    {
        protected override ValueTask<Answer<PingResult>> HandleAsync(NoParams parameters, Caller caller, CancellationToken aborted) =>
            new(new PingResult { Pong = true, Pid = 42 });
    }

    public sealed class Misbehaving : IRequestHandler
    {
        public string Method => "test.misbehave";

        public CallerRoles Callers => CallerRoles.Any;

        public ValueTask HandleAsync(RequestContext request)
        {
            var how = System.Text.Encoding.UTF8.GetString(request.Params);
            switch (how)
            {
                case var _ when how.Contains("async", StringComparison.Ordinal):
                case var _ when how.Contains("late", StringComparison.Ordinal):
                    return new(LateAsync(request, how));
                case var _ when how.Contains("throw", StringComparison.Ordinal):
                    throw new InvalidOperationException("on purpose");
                case var _ when how.Contains("silent", StringComparison.Ordinal):
                    return ValueTask.CompletedTask;
                case var _ when how.Contains("twice", StringComparison.Ordinal):
                    Answer(request);
                    Answer(request);
                    return ValueTask.CompletedTask;
                default:
                    Answer(request);
                    return ValueTask.CompletedTask;
            }
        }

        private static async Task LateAsync(RequestContext request, string how)
        {
            await Task.Run(static () => { });
            if (how.Contains("throw", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("on purpose, later");
            }

            if (!how.Contains("silent", StringComparison.Ordinal))
            {
                Answer(request);
            }
        }

        private static void Answer(RequestContext request)
        {
            request.BeginResult().Raw("""{"said":"handled"}"""u8);
            request.EndResult();
        }
    }
}
