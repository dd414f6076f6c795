using System.Text.Json;
using Dunnhumby.Hosting.Local.Parameters;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>
/// Tells scripts, in <c>dashboard.json</c> of the data directory, where the running dashboard is and with which key they may read its JSON API; only their owner may read it.
/// </summary>
internal sealed class DashboardFile(DashboardSettings settings, ParameterStore parameters)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private string Path => System.IO.Path.Combine(parameters.Directory.Root, "dashboard.json");

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(parameters.Directory.Root);
        var temporary = Path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var stream = new FileStream(temporary, options))
        {
            var content = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["url"] = Address(settings.Frontend),
                ["apiKey"] = settings.ApiKey,
                ["otlpGrpc"] = Address(settings.OtlpGrpc),
                ["otlpHttp"] = Address(settings.OtlpHttp),
                ["otlpApiKey"] = settings.OtlpApiKey,
            };
            await JsonSerializer.SerializeAsync(stream, content, Format, cancellationToken);
        }

        File.Move(temporary, Path, overwrite: true);
    }

    public void Delete() => File.Delete(Path);

    private static string? Address(Uri? uri) => uri?.GetLeftPart(UriPartial.Authority);
}
