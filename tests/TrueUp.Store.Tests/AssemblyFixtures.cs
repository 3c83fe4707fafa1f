using TrueUp.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
