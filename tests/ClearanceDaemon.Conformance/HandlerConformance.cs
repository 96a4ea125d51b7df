using System.Text.Json;

namespace ClearanceDaemon.Conformance;

/// <summary>
/// What a caller may rely on, whatever answers a method: a part of the host, a program that is kept, or one that is started
/// for each request. The host under test has the methods <c>conf.echo</c> (answers with its parameters), <c>conf.refuse</c>
/// (an error of its own: invalid_params, "not this"), <c>conf.fail</c> (its handler breaks), <c>conf.big</c> (answers with
/// 40 000 letters) and <c>conf.secret</c> (as echo, for operators).
/// </summary>
public abstract class HandlerConformance
{
    /// <summary>What a caller is told when the handler breaks.</summary>
    protected abstract string BrokenCode { get; }

    /// <summary>A connection to an ask socket of the host.</summary>
    protected abstract LineClient Ask();

    /// <summary>A connection to its operator socket.</summary>
    protected abstract LineClient Operator();

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"a":1,"b":"two","c":[true,false,null],"d":{"e":-9007199254740991}}""")]
    [InlineData("""{"quote":"\"\\","line":"\n\t","zwj":"👩‍💻","bidi":"‮evil","tag":"</script>"}""")]
    [InlineData("""{"digest":"sha256:0000","id":7,"result":{"verdict":"allow"},"error":null}""")]
    public void What_was_sent_is_what_comes_back(string parameters)
    {
        using var client = Ask();
        var result = Call(client, "conf.echo", parameters).GetProperty("result");
        Assert.True(JsonElement.DeepEquals(Parse(parameters), result), $"{parameters} came back as {result.GetRawText()}");
    }

    [Fact]
    public void No_parameters_are_an_empty_object()
    {
        using var client = Ask();
        Assert.Equal("{}", Parse(client.Ask("""{"jsonrpc":"2.0","id":1,"method":"conf.echo"}""")).GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("\"a text\"")]
    public void The_answer_has_the_callers_id(string id)
    {
        using var client = Ask();
        Assert.Equal(id, Parse(client.Ask(Line(id, "conf.echo", "{}"))).GetProperty("id").GetRawText());
    }

    [Fact]
    public void An_error_of_the_handlers_own_is_passed_on()
    {
        using var client = Ask();
        var error = Call(client, "conf.refuse").GetProperty("error");
        Assert.Equal("invalid_params", Code(error));
        Assert.Contains("not this", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_breaks_breaks_one_request()
    {
        using var client = Ask();
        Assert.Equal(BrokenCode, Code(Call(client, "conf.fail").GetProperty("error")));
        Assert.Equal("there", Call(client, "conf.echo", """{"still":"there"}""").GetProperty("result").GetProperty("still").GetString());
    }

    [Fact]
    public void A_long_answer_comes_whole()
    {
        using var client = Ask();
        Assert.Equal(new string('x', 40_000), Call(client, "conf.big").GetProperty("result").GetProperty("text").GetString());
    }

    [Fact]
    public void A_method_exists_for_its_role_only()
    {
        using var asker = Ask();
        using var person = Operator();
        Assert.Equal("method_not_found", Code(Call(asker, "conf.secret").GetProperty("error")));
        Assert.Equal("method_not_found", Code(Call(asker, "conf.nothing").GetProperty("error")));
        Assert.Equal("{}", Call(person, "conf.secret").GetProperty("result").GetRawText());
        Assert.Equal("{}", Call(person, "conf.echo").GetProperty("result").GetRawText());
    }

    [Fact]
    public void Many_requests_of_one_connection_are_each_answered_once()
    {
        const int Count = 40;
        using var client = Ask();
        client.Send(string.Concat(Enumerable.Range(0, Count).Select(static i => Line($"{i}", "conf.echo", $$"""{"number":{{i}}}""") + "\n")));
        var answers = Enumerable.Range(0, Count).Select(_ => Parse(client.ReadLine()!)).ToArray();
        Assert.All(answers, static answer => Assert.Equal(answer.GetProperty("id").GetInt32(), answer.GetProperty("result").GetProperty("number").GetInt32()));
        Assert.Equal(Enumerable.Range(0, Count), answers.Select(static answer => answer.GetProperty("id").GetInt32()).Order());
    }

    [Fact]
    public void A_caller_that_goes_away_takes_nobody_with_it()
    {
        using var client = Ask();
        for (var i = 0; i < 5; i++)
        {
            using var leaving = Ask();
            leaving.Send(Line("1", "conf.echo", "{}") + "\n" + Line("2", "conf.big", "{}") + "\n");
        }

        Assert.Equal("{}", Call(client, "conf.echo").GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"a":1,"a":2}""")]
    public void Parameters_that_are_no_proper_object_never_reach_a_handler(string parameters)
    {
        using var client = Ask();
        Assert.StartsWith("invalid_", Code(Call(client, "conf.echo", parameters).GetProperty("error")), StringComparison.Ordinal);
        Assert.Equal("{}", Call(client, "conf.echo").GetProperty("result").GetRawText());
    }

    private static JsonElement Call(LineClient client, string method, string parameters = "{}") => Parse(client.Ask(Line("1", method, parameters)));

    private static string Line(string id, string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";

    private static string Code(JsonElement error) => error.GetProperty("data").GetProperty("code").GetString()!;

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
