using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Parameters;

namespace Aspire.Hosting;

/// <summary>Adds parameters: values given to the application as <c>Parameters:name</c> in its configuration.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter that configuration must give.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.Add(new ParameterResource(name, _ => builder.Configured(name) ?? throw Missing(name), secret));

    /// <summary>Adds a parameter with a value, which configuration may override.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="publishValueAsDefault">Matters where the application is deployed; must be false for secrets.</param>
    /// <param name="secret">Secrets are never shown.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A secret cannot be published as a default.", nameof(publishValueAsDefault));
        }

        return builder.Add(new ParameterResource(name, _ => builder.Configured(name) ?? value, secret));
    }

    /// <summary>Adds a parameter whose default is made when configuration has none.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Makes the default.</param>
    /// <param name="secret">Secrets are never shown.</param>
    /// <param name="persist">Whether the default is made once and kept beside the data.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.Add(Generated(builder, name, value, secret, persist));

    /// <summary>A server's password, unless the model gives one: generated once, and kept with the data it opens.</summary>
    internal static ParameterResource DefaultPassword(IDistributedApplicationBuilder builder, string name) =>
        Generated(builder, $"{name}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);

    private static ParameterResource Generated(IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        var store = builder.Store();
        return new ParameterResource(
            name,
            fallback => builder.Configured(name) ?? (persist ? store.GetOrAdd(name, Make(fallback, value)) : Make(fallback, value)()),
            secret)
        {
            Default = value,
        };
    }

    private static Func<string> Make(ParameterDefault? current, ParameterDefault original) => (current ?? original).GetDefaultValue;

    private static string? Configured(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] is { Length: > 0 } value ? value : null;

    private static ParameterStore Store(this IDistributedApplicationBuilder builder) => ((DistributedApplicationBuilder)builder).Parameters;

    private static MissingParameterValueException Missing(string name) =>
        new($"The parameter '{name}' has no value. Set it as Parameters__{name} in the environment, or as --Parameters:{name}=… on the command line.");
}
