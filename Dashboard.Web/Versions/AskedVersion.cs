using System.Globalization;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>The version that a page's address asks for with <c>?version=</c>. Pages of figures take it and pass it on in their links.</summary>
internal static class AskedVersion
{
    /// <summary>The parameter's name, in addresses of pages and of the service alike.</summary>
    internal const string Parameter = "version";

    /// <summary>As it stands in the address that is open; null when it does not.</summary>
    internal static string? TextIn(NavigationManager navigation) =>
        QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(navigation.Uri).Query).TryGetValue(Parameter, out var text) && text.ToString() is { Length: > 0 } given ? given : null;

    /// <summary>Its number; null when the text is none.</summary>
    internal static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>An address with the version; as it is when none is asked for.</summary>
    internal static string Link(string address, string? text) => string.IsNullOrEmpty(text) ? address : QueryHelpers.AddQueryString(address, Parameter, text);

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    internal static Trouble? TroubleOf(string? text) => string.IsNullOrEmpty(text) || Number(text) is not null
        ? null
        : new Trouble(
            TroubleKind.BadAddress,
            "The address has a value that this page cannot use",
            $"{Parameter} takes the number of a version that is kept. The page of versions lists them.");
}
