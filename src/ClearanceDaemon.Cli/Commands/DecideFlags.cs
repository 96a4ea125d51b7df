using System.CommandLine;
using System.Globalization;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The flags of <c>allow</c> and <c>deny</c>: which asks, for how long, bound to what, and why.</summary>
internal sealed class DecideFlags
{
    private const string AllMembers = "all";
    private const string DigestPrefix = "sha256:";
    private static readonly string[] Members =
        [BindMember.Action, BindMember.Resource, BindMember.Details, BindMember.Argv, BindMember.Project, BindMember.As, BindMember.Title, BindMember.Reason];

    private readonly Argument<string[]> _ids = new("ID") { Description = "the ask; the first digits of its id will do", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _for = new("--for") { Description = "and equal asks for so long, such as 10m or 2h", HelpName = "D" };
    private readonly Option<bool> _untilExit = new("--until-exit") { Description = "and equal asks while the process that asks lives" };
    private readonly Option<int?> _uses = new("--uses") { Description = "and so many further equal asks", HelpName = "N" };
    private readonly Option<bool> _always = new("--always") { Description = "and equal asks until it is revoked" };
    private readonly Option<string[]> _bind = new("--bind")
    {
        Description = "what makes an ask equal: members such as action,resource,details.env, or all (default action, resource, details, argv, project)",
        HelpName = "M,…",
    };

    private readonly Option<string?> _reason = new("--reason") { Description = "why, for the asker to read", HelpName = "T" };
    private readonly Option<string?> _digest = new("--digest") { Description = "the digest that was reviewed; another ask is not decided", HelpName = "D" };

    public DecideFlags(CommandContext context) => _ids.CompletionSources.Add(completion => IdCompletions.Pending(context, completion));

    public Option<bool> Json { get; } = CommandContext.Json("print the daemon's answer as one line of JSON for each ask");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_ids);
        foreach (var option in (Option[])[_for, _untilExit, _uses, _always, _bind, _reason, _digest, Json])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">The flags cannot be meant; nothing is to be decided.</exception>
    public DecideWish Read(ParseResult parsed, string verdict)
    {
        var ids = parsed.GetValue(_ids)!;
        Array.ForEach(ids, IdPrefix.Require);
        var digest = parsed.GetValue(_digest);
        if (digest is not null && ids.Length > 1)
        {
            throw new UsageException("--digest is of one ask. Decide the others on their own.");
        }

        if (digest is not null && !IsDigest(digest))
        {
            throw new UsageException($"--digest {digest}: a digest is {DigestPrefix} and 64 of 0-9 and a-f. clearance pending ID shows it.");
        }

        var scope = Scope(parsed);
        var bind = Bind(parsed.GetValue(_bind) ?? []);
        return bind is not null && scope is null
            ? throw new UsageException("--bind says what further asks must be like. Add --for, --until-exit, --uses or --always, or leave it out.")
            : new DecideWish(verdict, ids, scope, bind, bind is [AllMembers], parsed.GetValue(_reason), digest, parsed.GetValue(Json));
    }

    private GrantScope? Scope(ParseResult parsed)
    {
        var scopes = new List<GrantScope>();
        if (parsed.GetValue(_for) is { } duration)
        {
            scopes.Add(new GrantScope { Kind = ScopeKind.For, Duration = Positive(duration) });
        }

        if (parsed.GetValue(_untilExit))
        {
            scopes.Add(new GrantScope { Kind = ScopeKind.UntilExit });
        }

        if (parsed.GetValue(_uses) is { } uses)
        {
            scopes.Add(new GrantScope { Kind = ScopeKind.Uses, Uses = Countable(uses) });
        }

        if (parsed.GetValue(_always))
        {
            scopes.Add(new GrantScope { Kind = ScopeKind.Always });
        }

        return scopes.Count <= 1 ? scopes.FirstOrDefault() : throw new UsageException("--for, --until-exit, --uses and --always exclude each other. Give one.");
    }

    private static string Positive(string duration) => Duration.TryParse(duration, out var value) && value > TimeSpan.Zero
        ? duration
        : throw new UsageException($"--for {duration}: not a time to grant. Write a whole number above 0 and ms, s, m, h or d, such as 2h, at most {ProtocolLimits.DurationDays}d.");

    private static int Countable(int uses) => uses is >= 1 and <= ProtocolLimits.GrantUses
        ? uses
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--uses {uses}: grant 1 to {ProtocolLimits.GrantUses}, or --always."));

    private static string[]? Bind(string[] flags)
    {
        if (flags.Length == 0)
        {
            return null;
        }

        var members = flags.SelectMany(static flag => flag.Split(',')).ToArray();
        foreach (var member in members)
        {
            if (!IsMember(member) && (member != AllMembers || members.Length > 1))
            {
                throw new UsageException(
                    $"--bind {member}: not a member of asks. Name {string.Join(", ", Members)} or details.NAME, or only {AllMembers}.");
            }
        }

        return members;
    }

    private static bool IsMember(string name) =>
        Members.Contains(name) || (name.StartsWith("details.", StringComparison.Ordinal) && name.Length > "details.".Length);

    private static bool IsDigest(string text) =>
        text.StartsWith(DigestPrefix, StringComparison.Ordinal)
        && text.Length == DigestPrefix.Length + (2 * Sha256.HashBytes)
        && Hex.IsHex(System.Text.Encoding.UTF8.GetBytes(text[DigestPrefix.Length..]));
}
