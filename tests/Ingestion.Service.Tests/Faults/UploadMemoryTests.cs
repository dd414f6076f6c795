using System.Globalization;
using System.Net;
using CsCheck;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>
/// What the service's process takes at most, whatever is sent: large files grown from the fuzzers' small ones. <c>MEMORY_CASES</c> sets how many files are sent
/// one by one.
/// </summary>
public sealed class UploadMemoryTests(PostgresFixture postgres, RabbitMqFixture broker, ITestOutputHelper output)
{
    private const int Cases = 24;
    private const int AtOnce = 10;
    private const long Megabyte = 1 << 20;
    private const long LimitOfOne = 400 * Megabyte;
    private const long LimitOfTen = 900 * Megabyte;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Upload_SwollenFilesOneByOne_StaysUnderItsLimit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        await using var rig = await StartAsync();
        var before = rig.Service.PeakBytes;
        var cases = int.TryParse(Environment.GetEnvironmentVariable("MEMORY_CASES"), CultureInfo.InvariantCulture, out var set) ? set : Cases;

        await SwollenFile.Any.SampleAsync(
            async file =>
            {
                await SendAsync(rig, file);
                rig.Service.PeakBytes.ShouldBeLessThan(LimitOfOne, rig.Service.Output);
            },
            iter: cases,
            threads: 1);

        output.WriteLine($"{cases} files: {before / Megabyte} MB before, {rig.Service.PeakBytes / Megabyte} MB at most.");
    }

    [Fact]
    public async Task Upload_TenSwollenFilesAtOnce_StaysUnderItsLimit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        await using var rig = await StartAsync();

        await SwollenFile.Any.Array[AtOnce].SampleAsync(
            async files =>
            {
                await Task.WhenAll(files.Select(file => SendAsync(rig, file)));
                rig.Service.PeakBytes.ShouldBeLessThan(LimitOfTen, rig.Service.Output);
            },
            iter: 2,
            threads: 1);

        output.WriteLine($"{rig.Service.PeakBytes / Megabyte} MB at most.");
    }

    private async Task<FaultRig> StartAsync()
    {
        var rig = await FaultRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri);
        await rig.StartAsync(settings: [("Logging__LogLevel__Default", "Critical"), ("Ingestion__DiskReserveBytes", "0")]);
        return rig;
    }

    /// <summary>Whether it is loaded or refused does not matter here, only that the service answers.</summary>
    private static async Task SendAsync(FaultRig rig, SwollenFile file)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        using var content = file.Content();
        try
        {
            using var answer = await rig.Service.Client.PostAsync(
                new Uri($"/loads/{file.Table.Name}{(file.TakesAllFaults ? "?maxQuarantined=100%25" : "")}", UriKind.Relative), content, deadline.Token);
            answer.StatusCode.ShouldBeOneOf(
                HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType,
                HttpStatusCode.UnprocessableEntity);
        }
        catch (HttpRequestException refused) when (refused.InnerException is IOException or System.Net.Sockets.SocketException)
        {
            // Refused while it was still being sent.
        }
    }
}
