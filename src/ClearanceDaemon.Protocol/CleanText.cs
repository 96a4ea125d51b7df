namespace ClearanceDaemon.Protocol;

/// <summary>What <see cref="DisplayText"/> made of an untrusted text.</summary>
/// <param name="Text">Safe to show on one line; when <see cref="Cut"/>, the beginning.</param>
/// <param name="Changed">True when something was replaced: say so beside the text.</param>
/// <param name="Cut">True when it did not fit: show <see cref="Length"/> and <see cref="Tail"/>, and offer no allow.</param>
/// <param name="Length">The whole text's length in code points, before cleaning.</param>
/// <param name="Tail">The end of the cleaned text when it was cut, else empty.</param>
public readonly record struct CleanText(string Text, bool Changed, bool Cut, int Length, string Tail);
