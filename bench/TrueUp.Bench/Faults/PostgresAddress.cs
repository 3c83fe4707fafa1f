using Npgsql;

namespace TrueUp.Bench.Faults;

/// <summary>Where a PostgreSQL is.</summary>
internal sealed record PostgresAddress(Uri Location)
{
    /// <summary>As pipelines name it.</summary>
    public string Url => Location.OriginalString;

    /// <summary>The same database behind another port of this machine.</summary>
    public PostgresAddress Through(int port) =>
        new(new Uri(Url.Replace($":{Location.Port}/", $":{port}/", StringComparison.Ordinal)));

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var user = Location.UserInfo.Split(':');
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder
            {
                Host = Location.Host,
                Port = Location.Port,
                Username = user[0],
                Password = user[1],
                Database = Location.AbsolutePath[1..],
                CommandTimeout = 120,
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
