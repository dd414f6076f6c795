namespace Dunnhumby.Benchmarks.Peers;

/// <summary>What a peer measured of itself: the work alone, without the start of its process.</summary>
internal sealed record PeerResult(double Seconds, long PeakBytes);
