using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Grants;

/// <summary>A verdict that stands for further asks. Immutable, but for what is left of its uses.</summary>
internal sealed class Grant
{
    private readonly RequestId _id;

    /// <summary>The id of the ask it was decided on.</summary>
    public required RequestId Id
    {
        get => _id;
        init => (_id, By) = (value, Encoding.ASCII.GetBytes($"grant:{value}"));
    }

    /// <summary>What an answer's <c>by</c> says, in UTF-8: <c>grant:ID</c>.</summary>
    public byte[] By { get; private init; } = [];

    public required GrantVerdict Verdict { get; init; }

    /// <summary>Whose asks it answers: those of this user id on the socket <see cref="Via"/>.</summary>
    public required uint Uid { get; init; }

    public required byte[] Via { get; init; }

    public required GrantMatch Match { get; init; }

    public required GrantScope Scope { get; init; }

    /// <summary>When it was decided, by the wall clock.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>When it ends at the latest by the wall clock; null when it has no end in time.</summary>
    public DateTimeOffset? ExpiresWall { get; init; }

    /// <summary>The boot it counts on, for a grant that ends with time or with a process; null for others.</summary>
    public GrantBoot? Boot { get; init; }

    /// <summary>Further asks it answers; null for any number.</summary>
    public int? UsesLeft { get; internal set; }

    /// <summary>The rule that asked; null for an ask no rule matched.</summary>
    public string? RuleId { get; init; }

    /// <summary>The audit record of the verdict.</summary>
    public required long DecidedSeq { get; init; }

    /// <summary>The process it ends with.</summary>
    public ProcessRef? Process { get; init; }

    /// <summary>The container it ends with. Such a grant lives in memory alone: after a restart nobody knows whether the container went on.</summary>
    public string? Container { get; init; }

    /// <summary>How long it was to stand when it was made; null without an end in time.</summary>
    public TimeSpan? Lasts => Scope.Duration ?? (ExpiresWall - Made);

    /// <summary>Uses that are taken and not on disk yet.</summary>
    internal int UsesInFlight { get; set; }

    /// <summary>The same grant with another end, and with its uses as they are now.</summary>
    public Grant Until(DateTimeOffset? expiresWall, GrantBoot? boot) => new()
    {
        Id = Id,
        Verdict = Verdict,
        Uid = Uid,
        Via = Via,
        Match = Match,
        Scope = Scope,
        Made = Made,
        ExpiresWall = expiresWall,
        Boot = boot,
        UsesLeft = UsesLeft,
        RuleId = RuleId,
        DecidedSeq = DecidedSeq,
        Process = Process,
        Container = Container,
    };

    public override string ToString() => $"{Verdict} {Scope.Name} {Id}";
}
