using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dunnhumby.ServiceDefaults.SignIn;

/// <summary>Access tokens of people, beside the keys of programs.</summary>
internal static class SignInExtensions
{
    /// <summary>Where a request keeps what is wrong with its token.</summary>
    private static readonly object Fault = new();

    private static readonly object ProviderAway = new();

    /// <summary>How the framework's library begins when it has none of the provider's keys, right or wrong.</summary>
    private const string NoKeys = "IDX10500";

    internal static void AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInRules>();
        services.AddSingleton(provider => new AccessTokens(provider.GetRequiredService<IOptions<SignInOptions>>(), provider.GetRequiredService<ApiKeyRing>()));
        services.AddAuthentication()
            .AddJwtBearer()
            .AddPolicyScheme(ApiKeyExtensions.Scheme, displayName: null, scheme => scheme.ForwardDefaultSelector = SchemeOf);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<SignInOptions>, AccessTokens>(Configure);
        services.Configure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails = WordRefusal + options.CustomizeProblemDetails);
    }

    /// <summary>What has the form of a token is one, all else is a key.</summary>
    private static string SchemeOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.IsOn && ApiKeyHandler.PresentedToken(context.Request) is not null
            ? JwtBearerDefaults.AuthenticationScheme
            : ApiKeyHandler.Scheme;

    /// <summary>Says why a caller is refused, and what to do.</summary>
    private static void WordRefusal(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status503ServiceUnavailable when context.HttpContext.Items[Fault] is string fault => fault,
        StatusCodes.Status401Unauthorized when BringsKey(context.HttpContext.Request.Headers) =>
            "The API key, or ticket, is not known or has ended: send another one in the header X-Api-Key.",
        StatusCodes.Status401Unauthorized => "Send an API key in the header X-Api-Key.",
        StatusCodes.Status403Forbidden when context.HttpContext.User.Person() is not null =>
            "None of your roles allows this. Ask the administrator of the sign-in for reader (to read), loader (to upload, mend and withdraw) or admin.",
        StatusCodes.Status403Forbidden => "This API key lacks the scope that the request needs: use another key.",
        _ => null,
    };

    private static bool BringsKey(IHeaderDictionary headers) => !string.IsNullOrEmpty(headers["X-Api-Key"]) || !string.IsNullOrEmpty(headers.Authorization);

    private static void Configure(JwtBearerOptions bearer, IOptions<SignInOptions> options, AccessTokens tokens)
    {
        if (!options.Value.IsOn)
        {
            return;
        }

        bearer.Authority = options.Value.Authority;
        bearer.RequireHttpsMetadata = options.Value.RequiresHttps;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = tokens.Parameters;
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                try
                {
                    context.Principal = tokens.PrincipalOf((JsonWebToken)context.SecurityToken, context.Scheme.Name);
                }
                catch (SecurityTokenException refused)
                {
                    context.HttpContext.Items[Fault] = refused.Message;
                    context.Fail(refused);
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = async context =>
            {
                if (context.Exception.Message.StartsWith(NoKeys, StringComparison.Ordinal) || !await AnswersAsync(bearer, context.HttpContext.RequestAborted))
                {
                    context.HttpContext.Items[ProviderAway] = ProviderAway;
                }

                context.HttpContext.Items[Fault] = Say(context.Exception, options.Value);
                context.Fail(context.Exception);
            },
            OnChallenge = context =>
            {
                if (context.HttpContext.Items[ProviderAway] is not null)
                {
                    // Whether the token is good is not known: that is no attempt to try tokens.
                    context.HandleResponse();
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    context.Response.Headers.RetryAfter = "10";
                    context.HttpContext.Items[Fault] = "The sign-in provider does not answer, so that the access token cannot be checked. Try again in a moment.";
                }

                return Task.CompletedTask;
            },
        };
    }

    private static async Task<bool> AnswersAsync(JwtBearerOptions bearer, CancellationToken cancellationToken)
    {
        try
        {
            return bearer.ConfigurationManager is { } provider && await provider.GetConfigurationAsync(cancellationToken) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Say(Exception fault, SignInOptions options) => fault switch
    {
        SecurityTokenExpiredException => $"The access token has expired: get a new one from {options.Authority} and send that.",
        SecurityTokenInvalidAudienceException => $"The access token is for somebody else: ask {options.Authority} for one whose audience (aud) is {options.Audience}.",
        SecurityTokenInvalidIssuerException => $"The access token comes from another provider: get one from {options.Authority}.",
        _ => $"The access token is not one that {options.Authority} signed for this service: get a new one there and send it unchanged.",
    };
}
