namespace Dunnhumby.Transform.Worker.Lines;

internal static class LineExtensions
{
    /// <summary>Adds what reads lines. Reads the section Lines.</summary>
    internal static void AddLines(this IServiceCollection services)
    {
        services.AddOptions<LineOptions>().BindConfiguration(LineOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LineSourcesReader>();
        services.AddSingleton<LineDesk>();
        services.AddSingleton<TransactionLineQuery>();
        services.AddSingleton<CampaignLineQuery>();
    }
}
