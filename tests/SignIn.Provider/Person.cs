namespace Dunnhumby.SignIn.Provider;

/// <summary>Somebody who can sign in: the password is the user name with <c>-password</c> behind it.</summary>
/// <param name="UserName">For the form.</param>
/// <param name="Subject">The lasting id.</param>
/// <param name="Name">As pages show it.</param>
/// <param name="Roles">What the claim of roles says.</param>
public sealed record Person(string UserName, string Subject, string Name, params IReadOnlyList<string> Roles)
{
    public static Person Reader { get; } = new("reader", "5e1f-reader", "Rita Reader", "reader");

    public static Person Loader { get; } = new("loader", "7a2c-loader", "Leo Loader", "loader");

    public static Person Admin { get; } = new("admin", "9b3d-admin", "Ada Admin", "admin");

    /// <summary>An account that was given no role of ours.</summary>
    public static Person Nobody { get; } = new("nobody", "1c4e-nobody", "Nora Nobody", "gardener");

    public string Password => $"{UserName}-password";
}
