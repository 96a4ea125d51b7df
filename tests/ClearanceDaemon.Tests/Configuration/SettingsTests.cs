using ClearanceDaemon.Configuration;
using ClearanceDaemon.Core;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Configuration;

/// <summary>Every setting by file and by variable, at its borders and one over.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class SettingsTests : IDisposable
{
    private readonly Home _home = new();

    public static TheoryData<string, string, long, long> Integers { get; } = new()
    {
        { "maxConnections", "CLEARANCE_MAX_CONNECTIONS", 1, 1_000_000 },
        { "maxConnectionsPerProcess", "CLEARANCE_MAX_CONNECTIONS_PER_PROCESS", 1, 1_000_000 },
        { "maxOperatorConnections", "CLEARANCE_MAX_OPERATOR_CONNECTIONS", 1, 100_000 },
        { "maxInFlight", "CLEARANCE_MAX_IN_FLIGHT", 1, 100_000 },
        { "maxPending", "CLEARANCE_MAX_PENDING", 1, 1_000_000 },
        { "maxPendingPerProcess", "CLEARANCE_MAX_PENDING_PER_PROCESS", 1, 1_000_000 },
        { "maxPromptsPerMinute", "CLEARANCE_MAX_PROMPTS_PER_MINUTE", 1, 1_000_000 },
        { "auditMaxBytes", "CLEARANCE_AUDIT_MAX_BYTES", 1 << 20, 1L << 50 },
    };

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Without_a_file_the_defaults_hold() => Assert.Equal(new ClearanceOptions(), Load());

    [Theory]
    [MemberData(nameof(Integers))]
    public void A_number_is_taken_at_both_borders(string key, string variable, long least, long most)
    {
        foreach (var value in (long[])[least, most])
        {
            Assert.Equal(value, Value(FromFile($$"""{"{{key}}": {{value}}}"""), key));
            Assert.Equal(value, Value(FromFile($$"""{"{{key}}": "{{value}}"}"""), key));
            using var set = new Variable(variable, $"{value}");
            Assert.Equal(value, Value(FromFile("{}"), key));
        }
    }

    [Theory]
    [MemberData(nameof(Integers))]
    public void One_beyond_either_border_is_refused_by_name(string key, string variable, long least, long most)
    {
        foreach (var value in (long[])[least - 1, most + 1, long.MinValue])
        {
            var expected = $"'{value}' does not fit; it is an integer from {least} to {most}";
            Assert.Equal($"{_home.SettingsFile}: {key}: {expected}", Refusal($$"""{"{{key}}": {{value}}}"""));
            using var set = new Variable(variable, $"{value}");
            Assert.Equal($"{variable}: {expected}", Refusal("{}"));
        }
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("\" 5\"")]
    [InlineData("\"5 \"")]
    [InlineData("\"+\"")]
    [InlineData("\"\"")]
    [InlineData("99999999999999999999")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[5]")]
    [InlineData("{}")]
    public void What_is_no_integer_is_refused_by_name(string json) =>
        Assert.StartsWith($"{_home.SettingsFile}: maxPending: ", Refusal($$"""{"maxPending": {{json}}}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("250ms", 250)]
    [InlineData("2m", 120_000)]
    [InlineData("366d", 366L * 86_400_000)]
    public void A_duration_is_taken_up_to_its_limit(string text, long milliseconds)
    {
        Assert.Equal(milliseconds, FromFile($$"""{"drainTime": "{{text}}"}""").DrainTime.TotalMilliseconds);
        using var set = new Variable("CLEARANCE_DRAIN_TIME", text);
        Assert.Equal(milliseconds, FromFile("{}").DrainTime.TotalMilliseconds);
    }

    [Theory]
    [InlineData("\"367d\"")]
    [InlineData("\"5\"")]
    [InlineData("5")]
    [InlineData("\"-5s\"")]
    [InlineData("\"1h30m\"")]
    public void What_is_no_duration_is_refused_by_name(string json)
    {
        var refusal = Refusal($$"""{"drainTime": {{json}}}""");
        Assert.StartsWith($"{_home.SettingsFile}: drainTime: ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("a duration such as 5s or 2m", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_is_true_or_false_and_nothing_else()
    {
        Assert.True(FromFile("""{"selfApproval": true}""").SelfApproval);
        Assert.False(FromFile("""{"selfApproval": "false"}""").SelfApproval);
        Assert.Equal($"{_home.SettingsFile}: selfApproval: '1' does not fit; it is true or false", Refusal("""{"selfApproval": 1}"""));
        using var set = new Variable("CLEARANCE_SELF_APPROVAL", "true");
        Assert.True(FromFile("{}").SelfApproval);
    }

    [Fact]
    public void Every_log_level_is_taken_and_no_other_word()
    {
        foreach (var level in Settings.LogLevels)
        {
            Assert.Equal(level, FromFile($$"""{"logLevel": "{{level}}"}""").LogLevel);
        }

        Assert.Equal(
            $"{_home.SettingsFile}: logLevel: 'Debug' does not fit; it is one of trace, debug, information, warning, error",
            Refusal("""{"logLevel": "Debug"}"""));
    }

    [Fact]
    public void A_variable_beats_the_file_and_a_flag_beats_both()
    {
        _home.WriteSettings("""{"logLevel": "error", "maxPending": 5}""");
        Assert.Equal("error", Load().LogLevel);
        using var level = new Variable("CLEARANCE_LOG_LEVEL", "warning");
        using var pending = new Variable("CLEARANCE_MAX_PENDING", "6");
        Assert.Equal(("warning", 6), (Load().LogLevel, Load().MaxPending));
        Assert.Equal("trace", Settings.Load(_home.SettingsFile, "trace").LogLevel);
    }

    [Fact]
    public void An_empty_variable_is_none()
    {
        using var set = new Variable("CLEARANCE_MAX_PENDING", "");
        Assert.Equal(5, FromFile("""{"maxPending": 5}""").MaxPending);
    }

    private static long Value(ClearanceOptions options, string key) => key switch
    {
        "maxConnections" => options.MaxConnections,
        "maxConnectionsPerProcess" => options.MaxConnectionsPerProcess,
        "maxOperatorConnections" => options.MaxOperatorConnections,
        "maxInFlight" => options.MaxInFlight,
        "maxPending" => options.MaxPending,
        "maxPendingPerProcess" => options.MaxPendingPerProcess,
        "maxPromptsPerMinute" => options.MaxPromptsPerMinute,
        _ => options.AuditMaxBytes,
    };

    private ClearanceOptions Load() => Settings.Load(_home.SettingsFile, null);

    private ClearanceOptions FromFile(string json)
    {
        _home.WriteSettings(json);
        return Load();
    }

    private string Refusal(string json)
    {
        var refusal = Assert.Throws<StartException>(() => FromFile(json));
        Assert.Equal(ExitCodes.Configuration, refusal.ExitCode);
        return refusal.Message;
    }
}
