namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of an endpoint that can be referred to.</summary>
public enum EndpointProperty
{
    Url = 0,
    Host = 1,
    IPV4Host = 2,
    Port = 3,
    Scheme = 4,
    TargetPort = 5,
    HostAndPort = 6,
}
