namespace TrueUp.Server.Settings;

/// <summary>The settings as they are now.</summary>
internal sealed class SettingsBoard(ServerSettings first) : Board<ServerSettings>(first);
