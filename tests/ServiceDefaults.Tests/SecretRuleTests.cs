using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Tests;

/// <summary>A service with a key that could be guessed does not start: with a blank one everybody could sign.</summary>
public sealed class SecretRuleTests
{
    private const string Long = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("ApiKeys:ingest", "", "ApiKeys__ingest holds a blank secret")]
    [InlineData("ApiKeys:ingest", "   ", "ApiKeys__ingest holds a blank secret")]
    [InlineData("ApiKeys:ingest", Long + ",", "ApiKeys__ingest holds a blank secret")]
    [InlineData("ApiKeys:ingest", "sesame-opens", "ApiKeys__ingest holds a secret of 12 characters")]
    [InlineData("ApiKeys:read", Long + ", sesame-opens", "ApiKeys__read holds a secret of 12 characters")]
    [InlineData("ApiKeys:admin", "sesame-opens                           ", "ApiKeys__admin holds a secret of 12 characters")]
    [InlineData("ApiKeys:admin", "0123456789abcdef0123456789abcde", "ApiKeys__admin holds a secret of 31 characters")]
    [InlineData("Signing:Secret", "", "Signing__Secret holds a blank secret")]
    [InlineData("Signing:Secret", "sesame-opens", "Signing__Secret holds a secret of 12 characters")]
    public async Task Start_WithASecretThatCouldBeGuessed_IsRefusedAndSaysWhichAndWhatToDo(string setting, string value, string expected)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => SmallService.StartAsync((setting, value)));

        refused.Message.ShouldContain(expected);
        refused.Message.ShouldContain("openssl rand -hex 32");
        refused.Message.ShouldNotContain("sesame");
        refused.Message.ShouldNotContain(Long[..31]);
    }

    [Fact]
    public async Task Start_WithEveryFault_NamesAllOfThem()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => SmallService.StartAsync(("ApiKeys:ingest", ""), ("ApiKeys:read", "short")));

        refused.Failures.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Start_With32Characters_IsTaken()
    {
        await using var service = await SmallService.StartAsync(("ApiKeys:ingest", $"{Long},{Long}"), ("ApiKeys:read", Long), ("Signing:Secret", Long));

        using var answer = await service.GetAsync("/read", ("X-Api-Key", Long));

        answer.IsSuccessStatusCode.ShouldBeTrue();
    }
}
