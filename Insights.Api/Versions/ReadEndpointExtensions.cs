namespace Dunnhumby.Insights.Api.Versions;

internal static class ReadEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps GET and HEAD: routing does not take a GET endpoint for HEAD by itself.</summary>
    internal static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, Methods, handler);
}
