using Dapper;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>Gathers the conditions of a query; one that is null is none. All have to hold.</summary>
internal sealed class Conditions(ControlDatabase database)
{
    private readonly List<string> _conditions = [];

    /// <summary>The values the conditions refer to.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>The WHERE clause, empty without conditions.</summary>
    public string Where => _conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", _conditions)}";

    /// <summary>A condition with the value as <c>{0}</c>.</summary>
    public Conditions Add(string condition, object? value)
    {
        if (value is not null)
        {
            var name = $"@p{_conditions.Count}";
            Parameters.Add(
                name,
                value switch
                {
                    DateTimeOffset time => database.Time(time),
                    string text => database.Text(text),
                    _ => value,
                }
            );
            _conditions.Add(string.Format(condition, name));
        }
        return this;
    }

    /// <summary>From this time on.</summary>
    public Conditions From(string column, DateTimeOffset? time) => Add(column + " >= {0}", time);

    /// <summary>Before this time.</summary>
    public Conditions To(string column, DateTimeOffset? time) => Add(column + " < {0}", time);

    /// <summary>The column has this value.</summary>
    public Conditions Equal(string column, object? value) => Add(column + " = {0}", value);

    /// <summary>The column has one of these values; null for any, and none of them for none at all.</summary>
    public Conditions In(string column, IReadOnlyCollection<string>? values) =>
        Add($"{column} {database.OneOf("{0}")}", values?.ToArray());

    /// <summary>A condition without a value.</summary>
    public Conditions When(bool? wanted, string holds, string holdsNot)
    {
        if (wanted is { } truth)
        {
            _conditions.Add(truth ? holds : holdsNot);
        }
        return this;
    }
}
