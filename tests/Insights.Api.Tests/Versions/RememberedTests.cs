using Dunnhumby.Insights.Api.Versions;

namespace Dunnhumby.Insights.Api.Tests.Versions;

public sealed class RememberedTests
{
    private readonly List<int> _reads = [];

    [Fact]
    public async Task Get_Twice_ReadsOnce()
    {
        var remembered = new Remembered<int, string>(most: 2);

        (await remembered.GetAsync(1, ReadAsync)).ShouldBe("1");
        (await remembered.GetAsync(1, ReadAsync)).ShouldBe("1");

        _reads.ShouldBe([1]);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_ReadsEachTime()
    {
        var remembered = new Remembered<int, string>(most: 2);

        (await remembered.GetAsync(-1, ReadAsync)).ShouldBeNull();
        (await remembered.GetAsync(-1, ReadAsync)).ShouldBeNull();

        _reads.ShouldBe([-1, -1]);
    }

    [Fact]
    public async Task Get_MoreThanAreKept_StartsAnew()
    {
        var remembered = new Remembered<int, string>(most: 2);

        foreach (var key in new[] { 1, 2, 3, 3, 1 })
        {
            (await remembered.GetAsync(key, ReadAsync)).ShouldBe($"{key}");
        }

        _reads.ShouldBe([1, 2, 3, 1]);
    }

    private Task<string?> ReadAsync(int key)
    {
        _reads.Add(key);
        return Task.FromResult(key < 0 ? null : $"{key}");
    }
}
