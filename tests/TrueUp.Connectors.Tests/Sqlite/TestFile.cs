using Microsoft.Data.Sqlite;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>A database file of a test's own, read and written by another driver than the connector's.</summary>
public sealed class TestFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    static TestFile() => SQLitePCL.Batteries_V2.Init();

    public string Path => _folder.File("test.db");

    public string Folder => _folder.Path;

    public static SqliteConnector Connector { get; } = new();

    public void Execute(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    public SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={Path};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    public ISource Source(string table = "t") => Connector.OpenSource(Side(("table", table)));

    public ISource Query(string sql) => Connector.OpenSource(Side(("query", sql)));

    public ITarget Target(string table = "t", params (string, string)[] options) =>
        Connector.OpenTarget(Side([("table", table), ("busy_timeout", "0"), .. options]));

    public SideDefinition Side(params (string Name, string Value)[] options)
    {
        var side = new SideDefinition("sqlite").With("path", Path);
        return options.Aggregate(side, (s, o) => s.With(o.Name, o.Value));
    }

    public void Dispose() => _folder.Dispose();
}
