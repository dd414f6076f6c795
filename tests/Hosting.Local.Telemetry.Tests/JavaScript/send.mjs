// Sends one trace of two spans, one log in it and one of each kind of metric, to where the usual OTEL_* variables say; prints the trace's id.
import { SpanKind, SpanStatusCode, metrics, trace } from '@opentelemetry/api';
import { SeverityNumber, logs } from '@opentelemetry/api-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ instrumentations: [] });
sdk.start();

const tracer = trace.getTracer('javascript-client', '1.2.3');
const meter = metrics.getMeter('javascript-client');
const orders = meter.createCounter('orders', { unit: '{order}', description: 'Orders taken.' });
const duration = meter.createHistogram('order.duration', { unit: 's', advice: { explicitBucketBoundaries: [0.1, 1, 10] } });
const open = meter.createUpDownCounter('orders.open');
meter.createObservableGauge('temperature').addCallback(result => result.observe(21.5));

tracer.startActiveSpan('GET /orders', { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'GET', tags: ['a', 'b'] } }, parent => {
  tracer.startActiveSpan('query', { attributes: { 'db.system.name': 'postgresql', rows: 42 } }, child => {
    child.addEvent('retry', { attempt: 2 });
    child.recordException(new TypeError('No such order.'));
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'not found' });
    logs.getLogger('orders').emit({ severityNumber: SeverityNumber.WARN, severityText: 'WARN', body: 'Order 7 is unknown: ä€😀', attributes: { order: 7 } });
    child.end();
  });
  orders.add(3, { kind: 'web' });
  open.add(-2);
  for (const seconds of [0.05, 0.5, 5]) duration.record(seconds);
  console.log(parent.spanContext().traceId);
  parent.end();
});

await sdk.shutdown();
