namespace Dunnhumby.AppHost;

/// <summary>The provider that people sign in with.</summary>
internal static class SignInParameters
{
    /// <summary>
    /// Passes <c>sign-in-authority</c>, <c>sign-in-client-id</c> and <c>sign-in-client-secret</c> on when they are given, as in <c>Parameters__sign-in-authority</c>. Without
    /// them there is no sign-in, and all services listen on this machine only. A deployment must set them: there, services listen on all addresses.
    /// </summary>
    public static void PassSignIn(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> pages, params IResourceBuilder<ProjectResource>[] services)
    {
        if (builder.ExecutionContext.IsRunMode && string.IsNullOrWhiteSpace(builder.Configuration["Parameters:sign-in-authority"]))
        {
            return;
        }

        var authority = builder.AddParameter("sign-in-authority");
        foreach (var service in services.Append(pages))
        {
            service.WithEnvironment("SignIn__Authority", authority);
        }

        pages.WithEnvironment("SignIn__ClientId", builder.AddParameter("sign-in-client-id")).WithEnvironment("SignIn__ClientSecret", builder.AddParameter("sign-in-client-secret", secret: true));
    }
}
