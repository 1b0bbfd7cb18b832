import type { Telemetry } from 'bullmq';

/** Traces through BullMQ's own hook; `close` sends what is left. */
export interface OpenTelemetry {
  readonly hook: Telemetry;
  close(): Promise<void>;
}

const SERVICE_NAME = 'gongkai';

/**
 * Traces of jobs from producer to worker, sent to an OTLP collector over HTTP; null where no endpoint is set, and then
 * none of the libraries is loaded.
 */
export async function openTelemetry(endpoint: string | null): Promise<OpenTelemetry | null> {
  if (endpoint === null) return null;
  const { BullMQOtel } = await import('bullmq-otel');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': SERVICE_NAME }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return { hook: new BullMQOtel({ tracerName: SERVICE_NAME }), close: () => provider.shutdown() };
}
