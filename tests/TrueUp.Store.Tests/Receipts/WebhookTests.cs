using System.Net;
using System.Net.Sockets;
using System.Text;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Store.Receipts;

namespace TrueUp.Store.Tests.Receipts;

/// <summary>A witness that is told over HTTP, by a server of this machine that answers what the test wants.</summary>
public sealed class WebhookTests : IAsyncDisposable
{
    private static readonly WitnessRecord Record = new(DateTimeOffset.UnixEpoch, "sellers", 7, "run", "ab", "key");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Witnesses _witnesses = new(TimeProvider.System, TimeSpan.Zero);
    private readonly List<string> _requests = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _server = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.ContinueWith(_ => { }, TaskScheduler.Default);
        _listener.Dispose();
        _witnesses.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_record_is_sent_as_json()
    {
        (await TellAsync("200 OK")).ShouldBeNull();

        var request = _requests.ShouldHaveSingleItem();
        request.ShouldStartWith("POST /hook/secret HTTP/1.1");
        WitnessRecord.TryParse(request.Split("\r\n\r\n")[1]).ShouldBe(Record);
    }

    [Fact]
    public async Task A_server_that_is_out_of_order_is_asked_again_a_few_times()
    {
        (await TellAsync("503 Busy", "503 Busy", "204 Fine")).ShouldBeNull();
        _requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_stays_out_of_order_is_given_up_without_telling_its_address()
    {
        var problem = await TellAsync("500 No", "500 No", "500 No", "500 No");

        problem.ShouldBe("127.0.0.1: it answered 500");
        _requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_or_a_redirect_is_not_tried_again()
    {
        (await TellAsync("403 Never")).ShouldBe("127.0.0.1: it answered 403");
        (await TellAsync("302 Elsewhere")).ShouldBe("127.0.0.1: it answered 302");
    }

    [Fact]
    public async Task Nobody_there_is_a_problem_and_no_exception()
    {
        var problem = await _witnesses.TellAsync(
            new WitnessDefinition { Webhook = "http://127.0.0.1:1/hook/secret" },
            Record,
            CancellationToken.None
        );
        problem.ShouldBe("127.0.0.1: ConnectionError");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_nobody_checked_is_a_problem_and_no_exception(string webhook) =>
        (
            await _witnesses.TellAsync(new WitnessDefinition { Webhook = webhook }, Record, CancellationToken.None)
        ).ShouldBe("the webhook's address is no https address");

    private async Task<string?> TellAsync(params string[] answers)
    {
        _requests.Clear();
        _listener.Start();
        _server = ServeAsync(answers);
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        return await _witnesses.TellAsync(
            new WitnessDefinition { Webhook = $"http://127.0.0.1:{port}/hook/secret" },
            Record,
            CancellationToken.None
        );
    }

    private async Task ServeAsync(string[] answers)
    {
        foreach (var answer in answers)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            var request = new StringBuilder();
            var buffer = new byte[4096];
            while (!request.ToString().Contains('}'))
            {
                request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, _stop.Token)));
            }
            _requests.Add(request.ToString());
            var head =
                $"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\nLocation: http://127.0.0.1:1/\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        }
    }
}
