using Dunnhumby.Dashboard.Web.Loads.Uploads;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.Security;

/// <summary>Headers of every answer: pages run our own scripts only, and talk to this site and the ingestion service only.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing of the policy comes from the request.</summary>
    internal static void UseSecurityHeaders(this WebApplication app)
    {
        var ingestion = app.Services.GetRequiredService<IOptions<UploadOptions>>().Value.Origin;
        var authority = app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.Authority;
        SecurityHeadersMiddlewareExtensions.UseSecurityHeaders(app, headers => headers
            .AddContentSecurityPolicy(policy => Restrict(policy, ingestion, authority))
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicySameOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(policy =>
            {
                policy.AddCamera().None();
                policy.AddGeolocation().None();
                policy.AddMicrophone().None();
                policy.AddPayment().None();
                policy.AddUsb().None();
            }));
    }

    private static void Restrict(CspBuilder policy, string ingestion, string? authority)
    {
        policy.AddDefaultSrc().Self();
        policy.AddScriptSrc().Self();
        policy.AddStyleSrc().Self();
        // Components position themselves with style attributes. Style elements stay forbidden.
        policy.AddStyleSrcAttr().UnsafeInline();
        policy.AddImgSrc().Self().Data();
        policy.AddFontSrc().Self();
        // 'self' covers the web socket to this site.
        policy.AddConnectSrc().Self().From(ingestion);
        policy.AddObjectSrc().None();
        policy.AddBaseUri().Self();
        var form = policy.AddFormAction().Self();
        if (Uri.TryCreate(authority, UriKind.Absolute, out var provider))
        {
            // Signing out is a form that leads on to the provider.
            form.From(provider.GetLeftPart(UriPartial.Authority));
        }

        policy.AddFrameAncestors().None();
    }
}
