using Bunit;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Loads.Uploads;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Radzen;

namespace Dunnhumby.Dashboard.Web.Tests.Stubs;

/// <summary>Renders components against two stub services.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        this.AddAuthorization().SetAuthorized("Leo Loader").SetPolicies(Scopes.Read, Scopes.Ingest);
        Time = new FakeTimeProvider(Sample.Published.AddMinutes(3));
        var cache = new AnswerCache(Time);
        Feed = new VersionFeed(cache);
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(new InsightsClient(Insights.Client, cache));
        Services.AddSingleton(new IngestionClient(Ingestion.Client));
        Services.AddSingleton(new TransformClient(Transform.Client));
        Services.AddSingleton(Options.Create(new TraceLinkOptions { DashboardUrl = "http://localhost:15100;http://localhost:1" }));
        Services.AddSingleton(Feed);
        Services.AddSingleton(Shown);
        Samples = new SampleLoading(Time);
        Services.AddSingleton(Samples);
        Services.AddSingleton(Options.Create(new UploadOptions { IngestionUrl = new Uri("http://localhost:5101") }));
    }

    private protected StubService Insights { get; } = new();

    private protected StubService Ingestion { get; } = new();

    private protected StubService Transform { get; } = new();

    private protected VersionFeed Feed { get; }

    private protected ShownVersion Shown { get; } = new();

    private protected SampleLoading Samples { get; }

    private protected FakeTimeProvider Time { get; }

    /// <summary>The address of the page, with what follows the path.</summary>
    protected string Address => Navigation.ToBaseRelativePath(Navigation.Uri);

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private protected void AnswerVersion(int number) => Insights.Answer("/version", number == 0 ? Sample.NoVersion : Sample.Version(number), $"\"{number}\"");
}
