using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.GitCredential;

namespace ClearanceDaemon.Cli.Tests.GitCredential;

/// <summary>
/// Requests as git 2.39 writes them (git-credential(1), "INPUT/OUTPUT FORMAT"), what of them is asked, and that a secret never is.
/// </summary>
public sealed class CredentialRequestTests
{
    [Theory]
    [InlineData("protocol=https\nhost=github.com\n\n", "github.com", """{"protocol":"https","host":"github.com"}""")]
    [InlineData("protocol=https\nhost=github.com", "github.com", """{"protocol":"https","host":"github.com"}""")]
    [InlineData(
        "capability[]=authtype\nprotocol=http\nhost=localhost:8080\npath=team/app.git\nusername=me\nwwwauth[]=Basic realm=\"x\"\nwwwauth[]=Bearer\n\n",
        "localhost:8080", """{"protocol":"http","host":"localhost:8080","path":"team/app.git","username":"me"}""")]
    [InlineData("protocol=https\nhost=h\npath=a=b=c\n", "h", """{"protocol":"https","host":"h","path":"a=b=c"}""")]
    [InlineData("protocol=cert\nhost=\npath=/home/me/cert.pem\n", null, """{"protocol":"cert","host":"","path":"/home/me/cert.pem"}""")]
    [InlineData("protocol=https\nhost=h\n\nhost=evil\n", "h", """{"protocol":"https","host":"h"}""")]
    public void WhoItIsForIsAsked(string text, string? resource, string details)
    {
        var ask = Ask(text);
        Assert.Equal("git.credential", ask.GetProperty("action").GetString());
        Assert.Equal(resource, ask.TryGetProperty("resource", out var host) ? host.GetString() : null);
        Assert.Equal(details, ask.GetProperty("details").GetRawText());
        Assert.Equal("session", ask.GetProperty("as").GetString());
    }

    [Fact]
    public void ASecretIsNotAsked()
    {
        var ask = Ask("protocol=https\nhost=h\npassword=hunter2\noauth_refresh_token=hunter2\ncredential=hunter2\nstate[]=hunter2\n");
        Assert.DoesNotContain("hunter2", ask.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("host=h\n")]
    [InlineData("protocol=\nhost=h\n")]
    [InlineData("protocol=https\nhost=a\nhost=hunter2\n")]
    [InlineData("protocol=https\nprotocol=hunter2\nhost=a\n")]
    [InlineData("protocol=https\nhost=a\nusername=a\nusername=hunter2\n")]
    [InlineData("protocol=https\nhost=a\npath=a\npath=hunter2\n")]
    [InlineData("protocol=https\nhost=a\nurl=https://me:hunter2@evil\n")]
    [InlineData("protocol=https\nhost=a\0hunter2\n")]
    [InlineData("protocol=https\r\nhost=a\r\n")]
    [InlineData("protocol=https\nhost=a\nhunter2\n")]
    [InlineData("protocol=https\nhost=a\n=hunter2\n")]
    public void WhatIsNotClearIsNotAskedAndNotShown(string text)
    {
        var refused = Assert.Throws<UsageException>(() => CredentialRequest.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("git-credential(1)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotUtf8IsNotAsked() => Assert.Throws<UsageException>(static () => CredentialRequest.Parse([.. "protocol=https\nhost="u8, 0xFF]));

    private static JsonElement Ask(string text) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(CredentialRequest.Parse(Encoding.UTF8.GetBytes(text)).Draft().Parameters(wait: null).Written)).RootElement;
}
