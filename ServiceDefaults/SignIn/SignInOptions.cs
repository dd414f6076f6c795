using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.SignIn;

/// <summary>The provider of OpenID Connect that people sign in with; section <c>SignIn</c>. Without an authority there is no sign-in, and services listen on loopback only.</summary>
public sealed class SignInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SignIn";

    /// <summary>The provider's address, below which <c>/.well-known/openid-configuration</c> is. HTTPS, except on loopback.</summary>
    public string? Authority { get; set; }

    /// <summary>The name under which the provider knows the pages. Only they need it.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that goes with it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Whom access tokens must be for: their claim <c>aud</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Audience { get; set; } = "dunnhumby";

    /// <summary>The claim of an access token that holds the roles. Where it is within another one, the path to it: <c>realm_access.roles</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>What the pages ask the provider for, separated by blanks. With <c>offline_access</c> a session outlives an access token.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Scopes { get; set; } = "openid profile offline_access";

    /// <summary>After this a person signs in again, whatever happened in between.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How often an open page looks whether its session still is one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether people sign in.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>Metadata and tokens may come over HTTP from this machine only.</summary>
    public bool RequiresHttps => !(Uri.TryCreate(Authority, UriKind.Absolute, out var address) && address.IsLoopback);
}

/// <summary>Stops a service at its start when its sign-in cannot work.</summary>
internal sealed class SignInRules : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        if (!options.IsOn)
        {
            return string.IsNullOrWhiteSpace(options.ClientId) && string.IsNullOrWhiteSpace(options.ClientSecret)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("SignIn__ClientId or SignIn__ClientSecret is set, but SignIn__Authority is not. Set it to the address of the provider, such as https://login.example.org/realms/main.");
        }

        return Uri.TryCreate(options.Authority, UriKind.Absolute, out var address) && (address is { Scheme: "https" } or { Scheme: "http", IsLoopback: true })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"SignIn__Authority is '{options.Authority}'. It takes an address that begins with https://, or with http:// on this machine.");
    }
}
