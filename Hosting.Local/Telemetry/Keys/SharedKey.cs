using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.Hosting.Local.Telemetry.Keys;

/// <summary>A key that callers must present; compared in constant time, whatever its length.</summary>
internal sealed class SharedKey(string key)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool Accepts(string? presented) => presented is not null && CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(presented)));
}
