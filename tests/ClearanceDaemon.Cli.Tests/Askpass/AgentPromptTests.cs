using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.Askpass;

namespace ClearanceDaemon.Cli.Tests.Askpass;

/// <summary>
/// Sentences of OpenSSH 9.2p1 as its ssh-agent.c, mux.c and readpass.c make them, and what nobody may make of them. The comment of
/// a key and the name of a host are others' words.
/// </summary>
public sealed class AgentPromptTests
{
    private const string Print = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";

    public static readonly TheoryData<string, string> Keys = new()
    {
        { $"Allow use of key me@laptop?\nKey fingerprint {Print}.", """{"comment":"me@laptop"}""" },
        { $"Allow use of key a key? really?\nKey fingerprint {Print}.\n", """{"comment":"a key? really"}""" },
        { "Allow use of key k?\nKey fingerprint MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48.", """{"comment":"k"}""" },
        {
            $"Allow use of key k?\nKey fingerprint {Print}.\npublic key authentication request for user \"git\" to listed host",
            """{"comment":"k","purpose":"public key authentication request for user \"git\" to listed host"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void AKeyIsAskedForByItsFingerprint(string text, string details)
    {
        var ask = Ask(text);
        Assert.Equal("ssh.sign", ask.GetProperty("action").GetString());
        Assert.StartsWith(text.Contains("MD5", StringComparison.Ordinal) ? "MD5:16:27" : Print, ask.GetProperty("resource").GetString(), StringComparison.Ordinal);
        Assert.Equal(details, ask.GetProperty("details").GetRawText());
    }

    [Theory]
    [InlineData("Allow shared connection to example.org? ")]
    [InlineData("Allow forwarding of port 8080?")]
    [InlineData("")]
    [InlineData("Allow use of key ?\nKey fingerprint SHA256:AAAA.")]
    [InlineData("Allow use of key k?\nKey fingerprint SHA256:.")]
    [InlineData("Allow use of key k?\nKey fingerprint .")]
    [InlineData("Allow use of key k?\nKey fingerprint SHA256:AA AA.")]
    [InlineData("Allow use of key k?\nKey fingerprint SHA256:AAé.")]
    [InlineData("Allow use of key k?\nKey fingerprint SHA256:AAAA")]
    [InlineData("Allow use of key x?\nKey fingerprint SHA256:GOOD.?\nKey fingerprint SHA256:BAD.")]
    [InlineData("Allow use of key x?\nKey fingerprint SHA256:GOOD.\ny?\nKey fingerprint SHA256:BAD.")]
    [InlineData("Allow use of key x?\nKey fingerprint SHA256:GOOD.\nkey fingerprint SHA256:BAD.")]
    public void AnythingElseIsNoKey(string text)
    {
        var ask = Ask(text);
        Assert.Equal("ssh.confirm", ask.GetProperty("action").GetString());
        Assert.False(ask.TryGetProperty("resource", out _));
        Assert.Equal(text, ask.GetProperty("details").GetProperty("text").GetString());
    }

    private static JsonElement Ask(string text) => JsonDocument.Parse(Encoding.UTF8.GetString(AgentPrompt.Draft(text).Parameters(wait: null).Written)).RootElement;
}
