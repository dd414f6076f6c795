using System.Security.Cryptography;

namespace Dunnhumby.Hosting.Local.Servers;

internal static class GeneratedSecret
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Letters and digits only: about 5.95 bits each, and nothing that a URI or connection string must escape.</summary>
    public static string Create(int length = 32) => RandomNumberGenerator.GetString(Alphanumeric, length);
}
