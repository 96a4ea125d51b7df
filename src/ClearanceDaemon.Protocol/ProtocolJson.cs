using System.Text.Json;
using System.Text.Json.Serialization;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// How the typed methods are written and read: camelCase, absent instead of null. Parameters are strict, unknown members
/// are a <see cref="JsonException"/>; results are not, so that a newer daemon may say more. Duplicate members never pass.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = ProtocolLimits.JsonDepth,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NoParams))]
[JsonSerializable(typeof(HelloResult))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(AskParams))]
[JsonSerializable(typeof(AskResult))]
[JsonSerializable(typeof(AskedNotification))]
[JsonSerializable(typeof(WaitParams))]
[JsonSerializable(typeof(WithdrawParams))]
[JsonSerializable(typeof(WithdrawResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(RulesListParams))]
[JsonSerializable(typeof(RulesListResult))]
[JsonSerializable(typeof(RulesExplainParams))]
[JsonSerializable(typeof(RulesExplainResult))]
[JsonSerializable(typeof(RulesReloadResult))]
[JsonSerializable(typeof(AuditReadParams))]
[JsonSerializable(typeof(AuditReadResult))]
[JsonSerializable(typeof(PendingParams))]
[JsonSerializable(typeof(PendingResult))]
[JsonSerializable(typeof(PendingItem))]
[JsonSerializable(typeof(DecideParams))]
[JsonSerializable(typeof(DecideResult))]
[JsonSerializable(typeof(GrantItem))]
[JsonSerializable(typeof(GrantsListParams))]
[JsonSerializable(typeof(GrantsListResult))]
[JsonSerializable(typeof(GrantsRevokeParams))]
[JsonSerializable(typeof(GrantsRevokeResult))]
[JsonSerializable(typeof(LockdownParams))]
[JsonSerializable(typeof(LockdownState))]
[JsonSerializable(typeof(LockdownResult))]
[JsonSerializable(typeof(SubscribeParams))]
[JsonSerializable(typeof(SubscribeResult))]
[JsonSerializable(typeof(ClearanceEvent))]
[JsonSerializable(typeof(AskedAgainEvent))]
[JsonSerializable(typeof(DecidedEvent))]
[JsonSerializable(typeof(GrantEndedEvent))]
[JsonSerializable(typeof(OperatorsEvent))]
[JsonSerializable(typeof(RulesEvent))]
[JsonSerializable(typeof(SnapshotEndEvent))]
[JsonSerializable(typeof(AuditVerifyResult))]
[JsonSerializable(typeof(HandlersListResult))]
[JsonSerializable(typeof(HandlersSwitchParams))]
[JsonSerializable(typeof(HandlersSwitchResult))]
[JsonSerializable(typeof(HandlersTestParams))]
[JsonSerializable(typeof(HandlersTestResult))]
[JsonSerializable(typeof(HandlerFailure))]
[JsonSerializable(typeof(EffectEvent))]
[JsonSerializable(typeof(FailedEffect))]
[JsonSerializable(typeof(ShieldEvent))]
[JsonSerializable(typeof(HandlerEvent))]
public sealed partial class ProtocolJson : JsonSerializerContext;
