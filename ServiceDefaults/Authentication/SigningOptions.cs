using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>The secret of the deployment, section <c>Signing</c>. Services sign with keys derived from it, one for each purpose, and never with a caller's key.</summary>
public sealed class SigningOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Signing";

    private readonly byte[] _unset = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>At least 32 characters, the same for every service and replica. Without it, each start makes a new secret.</summary>
    public string? Secret { get; set; }

    /// <summary>The key for one purpose; it says nothing about the secret or the key for another purpose.</summary>
    public byte[] KeyFor(string purpose) =>
        HMACSHA256.HashData(Secret is null ? _unset : Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"dunnhumby {purpose}"));
}

/// <summary>Stops a service at its start when a key or secret is blank or could be guessed. A missing setting is not a fault: it lets nobody in.</summary>
internal sealed class SecretRules : IValidateOptions<ApiKeyOptions>, IValidateOptions<SigningOptions>
{
    /// <summary>Characters. 32 hexadecimal ones are 128 bits.</summary>
    internal const int Shortest = 32;

    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options)
    {
        string[] faults =
        [
            .. Faults("ApiKeys__ingest", options.Ingest?.Split(',')),
            .. Faults("ApiKeys__read", options.Read?.Split(',')),
            .. Faults("ApiKeys__admin", options.Admin?.Split(',')),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public ValidateOptionsResult Validate(string? name, SigningOptions options) =>
        Faults("Signing__Secret", options.Secret is null ? null : [options.Secret]).FirstOrDefault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    /// <summary>Says where and how long, never what.</summary>
    private static IEnumerable<string> Faults(string setting, string[]? secrets) =>
        from secret in secrets ?? []
        let length = secret.Trim().Length
        where length < Shortest
        select $"{setting} holds {(length == 0 ? "a blank secret" : $"a secret of {length} characters")}. Use at least {Shortest} characters that nobody can guess, for example those of: openssl rand -hex {Shortest}. Leave the setting out if the service is not to accept any.";
}
