using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Loads.Uploads;

/// <summary>What the browser got for an upload.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">At most 16,000 characters.</param>
/// <param name="Cancelled">The reader stopped it.</param>
public sealed record UploadOutcome(int Status, string? Body, bool Cancelled)
{
    /// <summary>Writes the outcome into the item: the load, or the trouble in words.</summary>
    internal void ApplyTo(UploadItem item, string address)
    {
        if (item.IsArchive)
        {
            ApplyBatchTo(item, address);
            return;
        }

        item.Load = Status is (int)HttpStatusCode.OK or (int)HttpStatusCode.Created ? Parse<Load>(Body) : null;
        item.Trouble = item.Load is null ? Explain(address) : null;
        item.State = (item.Load, Status) switch
        {
            (null, _) => UploadState.Failed,
            ({ State: LoadStates.Failed }, _) => UploadState.Failed,
            (_, (int)HttpStatusCode.Created) => UploadState.Loaded,
            _ => UploadState.Known,
        };
    }

    /// <summary>An archive that is not loaded whole is a problem with the batch in it.</summary>
    private void ApplyBatchTo(UploadItem item, string address)
    {
        var isLoaded = Status is (int)HttpStatusCode.OK or (int)HttpStatusCode.Created;
        item.Batch = isLoaded ? Parse<Batch>(Body) : Parse<BatchProblem>(Body)?.Batch;
        item.Trouble = isLoaded && item.Batch is not null ? null : Explain(address);
        item.State = (item.Trouble, Status) switch
        {
            (not null, _) => UploadState.Failed,
            (_, (int)HttpStatusCode.Created) => UploadState.Loaded,
            _ => UploadState.Known,
        };
    }

    private Trouble Explain(string address) => (Cancelled, Status) switch
    {
        (true, _) => new(TroubleKind.Refused, "Stopped", "The upload was stopped; nothing was loaded."),
        (_, 0) => new(
            TroubleKind.Unreachable,
            "The browser could not reach the ingestion service",
            $"It tried {address}. If browsers reach the service at another address, set Uploads__IngestionUrl for the dashboard."),
        _ => TroubleReader.Of((HttpStatusCode)Status, Body, IngestionClient.Service),
    };

    private static T? Parse<T>(string? body)
        where T : class
    {
        try
        {
            return body is null ? null : JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a problem says of a batch that was not loaded whole.</summary>
internal sealed record BatchProblem(Batch? Batch);
