using TrueUp.Pipelines.Reading;

namespace TrueUp.Server.Settings.Reading;

/// <summary>Reads what a start takes: addresses, and files whose paths are made absolute.</summary>
internal sealed class StartReader(FindingList findings, string folder)
{
    /// <summary>Reads the keys at the top of the document and those of <c>server</c>.</summary>
    public StartSettings Read(Section root)
    {
        var defaults = new StartSettings();
        var server = root.Inner("server", "server");
        var tls = server?.Inner("tls", "server.tls");
        var key = FilePath(tls?.Text("key"));
        if (key is not null && SecretFile.Problem(key) is { } problem)
        {
            findings.Add("server.tls.key", problem.Code, problem.Message, problem.Suggestion);
        }
        return new StartSettings
        {
            Urls = server?.Texts("urls") is { Count: > 0 } urls ? string.Join(';', urls) : defaults.Urls,
            Name = server?.Text("name"),
            BehindProxy = server?.Flag("behind_proxy", defaults.BehindProxy) ?? defaults.BehindProxy,
            KnownProxies = server?.Texts("known_proxies") ?? defaults.KnownProxies,
            AllowedHosts = server?.Texts("allowed_hosts") ?? defaults.AllowedHosts,
            AnonymousMetrics =
                server?.Flag("anonymous_metrics", defaults.AnonymousMetrics) ?? defaults.AnonymousMetrics,
            TlsCertificate = FilePath(tls?.Text("certificate")),
            TlsKey = key,
            ControlDatabase = ControlDatabase(root),
            Pipelines = FilePath(root.Text("pipelines")),
        };
    }

    private string? ControlDatabase(Section root)
    {
        var text = root.Text("control_database");
        if (FilePath(root.Text("control_database_file")) is not { } file)
        {
            return text;
        }
        if (text is not null)
        {
            findings.Add(
                "control_database_file",
                "bad_combination",
                "Both `control_database` and `control_database_file` are given.",
                "Keep one of them."
            );
            return null;
        }
        var (secret, problem) = SecretFile.Read(file);
        if (problem is not null)
        {
            findings.Add("control_database_file", problem.Code, problem.Message, problem.Suggestion);
        }
        return secret;
    }

    private string? FilePath(string? text) =>
        text is { Length: > 0 } && !text.Contains('\0') ? Path.GetFullPath(text, folder) : null;
}
