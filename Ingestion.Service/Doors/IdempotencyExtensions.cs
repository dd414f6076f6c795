namespace Dunnhumby.Ingestion.Service.Doors;

internal static class IdempotencyExtensions
{
    /// <summary>The endpoint takes an <c>Idempotency-Key</c>.</summary>
    internal static RouteHandlerBuilder TakeIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<IdempotencyFilter>()
        .ProducesProblem(StatusCodes.Status409Conflict);
}
