using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>The secret of the deployment, section <c>Signing</c>. Services sign with keys derived from it, one for each purpose, and never with a caller's key.</summary>
public sealed class SigningOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Signing";

    private readonly byte[] _unset = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>At least 32 characters, the same for every service and replica. Without it each start makes a secret of its own.</summary>
    public string? Secret { get; set; }

    /// <summary>The key for one purpose; it says nothing about the secret or the key for another purpose.</summary>
    public byte[] KeyFor(string purpose) =>
        HMACSHA256.HashData(Secret is null ? _unset : Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"dunnhumby {purpose}"));
}
