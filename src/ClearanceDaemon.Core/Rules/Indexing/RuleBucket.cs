using System.Text;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Rules.Indexing;

/// <summary>
/// The rules of one action, filed by the one thing each wants that can be looked up: the whole resource, its host, a
/// domain above it, a directory above it, or the program in argv. Only what wants none of these is tried one by one.
/// Rules must be added in order of precedence.
/// </summary>
internal sealed class RuleBucket
{
    private List<Rule>? _others;
    private ByteMap<List<Rule>>? _resources;
    private ByteMap<List<Rule>>? _hosts;
    private ByteMap<List<Rule>>? _domains;
    private ByteMap<List<Rule>>? _directories;
    private ByteMap<List<Rule>>? _programs;

    public void Add(Rule rule)
    {
        switch (rule.Conditions.Resource)
        {
            case EqualsMatcher equal:
                (_resources ??= new()).GetOrAdd(equal.Value).Add(rule);
                break;
            case OneOfMatcher oneOf:
                AddEach(oneOf, rule);
                break;
            case HostMatcher { IsSuffix: false } host:
                (_hosts ??= new()).GetOrAdd(host.Name).Add(rule);
                break;
            case HostMatcher domain:
                (_domains ??= new()).GetOrAdd(domain.Name).Add(rule);
                break;
            case UnderMatcher under:
                (_directories ??= new()).GetOrAdd(under.Prefix).Add(rule);
                break;
            default:
                AddWithoutResource(rule);
                break;
        }
    }

    public void Search(ref RuleSearch search)
    {
        if (_others is not null)
        {
            search.Try(_others);
        }

        if (_programs is not null && search.Ask.ArgvCount > 0 && _programs.TryGet(search.Ask.Argv(0), out var rules))
        {
            search.Try(rules);
        }

        if (search.Ask.Has(AskMember.Resource))
        {
            SearchResource(search.Ask.Resource, ref search);
        }
    }

    private void AddEach(OneOfMatcher oneOf, Rule rule)
    {
        foreach (var value in oneOf.Values)
        {
            (_resources ??= new()).GetOrAdd(value).Add(rule);
        }
    }

    private void AddWithoutResource(Rule rule)
    {
        if (rule.Conditions.Argv is PositionalArgv { Program: { } program })
        {
            (_programs ??= new()).GetOrAdd(program).Add(rule);
        }
        else
        {
            (_others ??= []).Add(rule);
        }
    }

    private void SearchResource(ReadOnlySpan<byte> resource, ref RuleSearch search)
    {
        if (_resources is not null && _resources.TryGet(resource, out var rules))
        {
            search.Try(rules);
        }

        if ((_hosts is not null || _domains is not null) && HostPort.TryParse(resource, out var target))
        {
            SearchHost(target.Host, ref search);
        }

        if (_directories is not null && ResourcePath.IsNormalPath(resource))
        {
            SearchDirectories(resource, ref search);
        }
    }

    private void SearchHost(ReadOnlySpan<byte> host, ref RuleSearch search)
    {
        // No rule names more than the last bytes of a longer host, and with one byte more its dot is seen as well.
        Span<byte> lower = stackalloc byte[RuleLimits.HostBytes + 1];
        var tail = host.Length > lower.Length ? host[^lower.Length..] : host;
        Ascii.ToLower(tail, lower, out var length);
        lower = lower[..length];
        if (_hosts is not null && tail.Length == host.Length && _hosts.TryGet(lower, out var rules))
        {
            search.Try(rules);
        }

        // From the shortest domain to the longest any rule has, so that a host of many labels costs no more than the rules ask for.
        var dot = _domains is null ? -1 : lower.LastIndexOf((byte)'.');
        while (dot >= 0 && lower.Length - dot - 1 <= _domains!.LongestKey)
        {
            if (_domains.TryGet(lower[(dot + 1)..], out rules))
            {
                search.Try(rules);
            }

            dot = lower[..dot].LastIndexOf((byte)'.');
        }
    }

    private void SearchDirectories(ReadOnlySpan<byte> path, ref RuleSearch search)
    {
        var length = 0;
        while (length <= _directories!.LongestKey)
        {
            if (_directories.TryGet(path[..length], out var rules))
            {
                search.Try(rules);
            }

            if (length >= path.Length)
            {
                return;
            }

            var next = path[(length + 1)..].IndexOf((byte)'/');
            length = next < 0 ? path.Length : length + 1 + next;
        }
    }
}
