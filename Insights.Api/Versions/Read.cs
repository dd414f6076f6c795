namespace Dunnhumby.Insights.Api.Versions;

internal static class Read
{
    /// <summary>What every endpoint is mapped for: routing does not take a GET endpoint for HEAD by itself.</summary>
    internal static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
}
