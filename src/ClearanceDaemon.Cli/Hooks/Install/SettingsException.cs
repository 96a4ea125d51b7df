namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>A settings file is not of a shape that could be edited without a guess. The message says where and why; nothing was changed.</summary>
internal sealed class SettingsException(string message) : Exception(message);
