namespace ClearanceDaemon.Core.Grants;

/// <summary>What the grants in force say to an ask.</summary>
/// <param name="Fits">The grant that answers it; null when none does.</param>
/// <param name="Changed">What differs from the grant that came nearest; null when one fits, or none came near.</param>
internal readonly record struct GrantAnswer(Grant? Fits, string[]? Changed);
