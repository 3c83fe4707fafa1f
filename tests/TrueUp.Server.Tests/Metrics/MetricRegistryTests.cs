using TrueUp.Server.Metrics;

namespace TrueUp.Server.Tests.Metrics;

public sealed class MetricRegistryTests
{
    [Fact]
    public void A_scrape_is_text_that_Prometheus_reads()
    {
        using var meter = new ServerMeter();
        using var registry = new MetricRegistry(meter);
        var counter = meter.Counter("a_total", "What is counted,\nin \\ two lines.");
        counter.Add(2, new KeyValuePair<string, object?>("table", "odd \"name\"\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("table", "odd \"name\"\\\n"));
        meter.Gauge("b", "A number.", () => double.PositiveInfinity);
        var histogram = meter.Histogram("c_seconds", "Times.", .01, 1);
        histogram.Record(.005);
        histogram.Record(.01);
        histogram.Record(.5);
        histogram.Record(7.5);

        registry
            .Scrape()
            .ShouldBe(
                """
                # HELP a_total What is counted,\nin \\ two lines.
                # TYPE a_total counter
                a_total{table="odd \"name\"\\\n"} 5
                # HELP b A number.
                # TYPE b gauge
                b +Inf
                # HELP c_seconds Times.
                # TYPE c_seconds histogram
                c_seconds_bucket{le="0.01"} 2
                c_seconds_bucket{le="1"} 3
                c_seconds_bucket{le="+Inf"} 4
                c_seconds_sum 8.015
                c_seconds_count 4
                # HELP trueup_metric_values_folded_total Measurements summed under the label value other, because their metric had too many series.
                # TYPE trueup_metric_values_folded_total counter

                """
            );
    }

    [Fact]
    public void Too_many_label_values_are_summed_under_other_and_counted()
    {
        using var meter = new ServerMeter();
        using var registry = new MetricRegistry(meter, seriesMax: 10);
        var counter = meter.Counter("a_total", "x");
        for (var i = 0; i < 1000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("table", $"t{i}"));
        }
        counter.Add(1, new KeyValuePair<string, object?>("table", "t3"));

        var lines = registry.Scrape().Split('\n');

        lines.Count(line => line.StartsWith("a_total{")).ShouldBe(11);
        lines.ShouldContain("a_total{table=\"t3\"} 2");
        lines.ShouldContain("a_total{table=\"other\"} 990");
        lines.ShouldContain("trueup_metric_values_folded_total{metric=\"a_total\"} 990");
    }

    [Fact]
    public void What_is_no_longer_there_has_no_series_any_more()
    {
        using var meter = new ServerMeter();
        using var registry = new MetricRegistry(meter);
        var pipelines = new List<string> { "one", "two" };
        meter.Gauge("a", "x", () => pipelines.Select(name => ServerMeter.Of(1, ("pipeline", name))));
        registry.Scrape().ShouldContain("a{pipeline=\"two\"} 1");

        pipelines.Remove("two");

        registry.Scrape().ShouldContain("a{pipeline=\"one\"} 1");
        registry.Scrape().ShouldNotContain("two");
    }

    [Fact]
    public void Two_servers_in_one_process_count_for_themselves()
    {
        using var mine = new ServerMeter();
        using var other = new ServerMeter();
        using var registry = new MetricRegistry(mine);
        mine.Counter("a_total", "x").Add(1);

        other.Counter("a_total", "x").Add(1);

        registry.Scrape().ShouldContain("a_total 1\n");
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_measure_at_once()
    {
        using var meter = new ServerMeter();
        using var registry = new MetricRegistry(meter);
        var counter = meter.Counter("a_total", "x");
        var histogram = meter.Histogram("b_seconds", "x", 1);

        await Parallel.ForAsync(
            0,
            8,
            TestContext.Current.CancellationToken,
            (worker, _) =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    counter.Add(1, new KeyValuePair<string, object?>("worker", worker % 2));
                    histogram.Record(worker);
                }
                return ValueTask.CompletedTask;
            }
        );

        var text = registry.Scrape();
        text.ShouldContain("a_total{worker=\"0\"} 40000");
        text.ShouldContain("b_seconds_bucket{le=\"1\"} 20000");
        text.ShouldContain("b_seconds_count 80000");
    }
}
