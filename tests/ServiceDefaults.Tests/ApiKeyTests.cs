using System.Net;
using System.Text.Json;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class ApiKeyTests
{
    /// <summary>Keys have 32 characters at least.</summary>
    private const string Tail = "-0123456789abcdefghijklmnop";

    private static readonly (string, string)[] Keys = [("ApiKeys:ingest", $"key-in{Tail}, second-key-in{Tail}"), ("ApiKeys:read", $"key-out{Tail}"), ("ApiKeys:admin", $"key-all{Tail}")];

    [Theory]
    [InlineData("/ingest", "key-in" + Tail, HttpStatusCode.OK)]
    [InlineData("/ingest", "second-key-in" + Tail, HttpStatusCode.OK)]
    [InlineData("/ingest", "key-out" + Tail, HttpStatusCode.Forbidden)]
    [InlineData("/read", "key-out" + Tail, HttpStatusCode.OK)]
    [InlineData("/read", "key-in" + Tail, HttpStatusCode.Forbidden)]
    [InlineData("/ingest", "key-all" + Tail, HttpStatusCode.OK)]
    [InlineData("/read", "key-all" + Tail, HttpStatusCode.OK)]
    [InlineData("/read", "key-ou" + Tail, HttpStatusCode.Unauthorized)]
    [InlineData("/read", "key-out2" + Tail, HttpStatusCode.Unauthorized)]
    [InlineData("/read", "key-out", HttpStatusCode.Unauthorized)]
    [InlineData("/read", "key-out" + Tail + "2", HttpStatusCode.Unauthorized)]
    [InlineData("/read", "KEY-OUT" + Tail, HttpStatusCode.Unauthorized)]
    public async Task Request_WithKey_IsJudgedByItsScope(string path, string key, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var byHeader = await service.GetAsync(path, ("X-Api-Key", key));
        using var byBearer = await service.GetAsync(path, ("Authorization", $"Bearer {key}"));

        byHeader.StatusCode.ShouldBe(expected);
        byBearer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Request_WithoutKey_IsTold401WithWhatToDo()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var answer = await service.GetAsync("/read");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("ApiKey");
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await ProblemOf(answer);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("X-Api-Key");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Request_WithUnknownKey_IsToldThatItIsNotKnown()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var answer = await service.GetAsync("/read", ("X-Api-Key", $"stranger{Tail}"));

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("is not known or has ended");
    }

    [Fact]
    public async Task Request_WhenNoKeyIsConfigured_IsRefused()
    {
        await using var service = await SmallService.StartAsync();

        using var empty = await service.GetAsync("/read", ("X-Api-Key", ""));
        using var any = await service.GetAsync("/read", ("X-Api-Key", "anything"));

        empty.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        any.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Health_WithoutKey_Answers()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var ready = await service.GetAsync("/health");
        using var alive = await service.GetAsync("/alive");

        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HealthDetails_AskForAKeyOfAnyScope()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var anyone = await service.GetAsync("/health/details");
        using var stranger = await service.GetAsync("/health/details", ("X-Api-Key", $"stranger{Tail}"));
        using var reader = await service.GetAsync("/health/details", ("X-Api-Key", $"key-out{Tail}"));
        using var uploader = await service.GetAsync("/health/details", ("X-Api-Key", $"key-in{Tail}"));

        anyone.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reader.StatusCode.ShouldBe(HttpStatusCode.OK);
        uploader.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/read?text=x", "no-store")]
    [InlineData("/ingest", "no-store")]
    [InlineData("/health/details", "no-store")]
    [InlineData("/nowhere", null)]
    public async Task Answer_WithOrWithoutAccess_IsNeitherSniffedNorStored(string path, string? cacheControl)
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var allowed = await service.GetAsync(path, ("X-Api-Key", $"key-all{Tail}"));
        using var refused = await service.GetAsync(path);

        foreach (var answer in (HttpResponseMessage[])[allowed, refused])
        {
            answer.Headers.CacheControl?.ToString().ShouldBe(cacheControl);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Theory]
    [InlineData("/read?text=a%00b", HttpStatusCode.BadRequest)]
    [InlineData("/read?text=%00", HttpStatusCode.BadRequest)]
    [InlineData("/read?text=a&text=%00", HttpStatusCode.BadRequest)]
    [InlineData("/read?text=%2500", HttpStatusCode.OK)]
    public async Task Parameter_WithNul_Is400(string path, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var answer = await service.GetAsync(path, ("X-Api-Key", $"key-all{Tail}"));

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task UnhandledException_LeavesNoDetail()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var answer = await service.GetAsync("/fail");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("secret");
        (await ProblemOf(answer)).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("trace id");
    }

    [Fact]
    public async Task UnknownAddress_IsAProblem()
    {
        await using var service = await SmallService.StartAsync(Keys);

        using var answer = await service.GetAsync("/nowhere");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private static async Task<JsonElement> ProblemOf(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
