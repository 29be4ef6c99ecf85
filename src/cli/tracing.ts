import type { Visit } from '../http/visit.ts';
import { requestSpans } from './request-spans.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Traces for OpenTelemetry. */
export type Tracing = {
  /** Makes the spans of a request that is over, and answers the id of its trace. */
  trace(visit: Visit): string;
  /** Sends what is still held, if anybody takes it. */
  close(): Promise<void>;
};

/** How long the receiver of traces is waited for in the end, in milliseconds. */
const PATIENCE = 2000;

/**
 * Traces if the standard variables ask for them: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or
 * OTEL_TRACES_EXPORTER. Otherwise nothing of OpenTelemetry is even loaded. What more they say (service name, headers,
 * sampler, batches) is read by OpenTelemetry itself.
 *
 * @throws Error for an exporter or a protocol that is not there.
 */
export const openTracing = async (
  environment: Environment,
  version: string,
  onTrouble: () => void,
): Promise<Tracing | undefined> => {
  const exporter = exporterOf(environment);
  if (exporter === undefined) return undefined;
  const { diag, DiagLogLevel, ...api } = await import('@opentelemetry/api');
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { detectResources, envDetector, resourceFromAttributes } = await import('@opentelemetry/resources');
  const none = (): undefined => undefined;
  // What it says of its troubles may quote what a receiver has answered: only that there are some is told.
  const troubles = { error: onTrouble, warn: none, info: none, debug: none, verbose: none };
  diag.setLogger(troubles, DiagLogLevel.ERROR);
  const named = resourceFromAttributes({ 'service.name': 'cairn', 'service.version': version });
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(await exporterNamed(exporter))],
  });
  return {
    trace: requestSpans(provider.getTracer('cairn', version), api),
    close: async () => {
      const isLate = new Promise<true>((resolve) => setTimeout(resolve, PATIENCE, true as const).unref());
      const shut = provider.shutdown().catch(onTrouble);
      if ((await Promise.race([shut, isLate])) === true) onTrouble();
      diag.disable();
    },
  };
};

const exporterOf = (environment: Environment): 'otlp' | 'console' | undefined => {
  const given = (name: string): string => environment[name]?.trim().toLowerCase() ?? '';
  const named = given('OTEL_TRACES_EXPORTER');
  const isSomewhere =
    given('OTEL_EXPORTER_OTLP_ENDPOINT') !== '' || given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '';
  if (given('OTEL_SDK_DISABLED') === 'true' || named === 'none') return undefined;
  if (named === 'console') return 'console';
  if (named !== 'otlp' && named !== '') {
    throw new Error(`OTEL_TRACES_EXPORTER is otlp, console or none, not ${named}.`);
  }
  if (named === '' && !isSomewhere) return undefined;
  const protocol = given('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') || given('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol === 'grpc') {
    throw new Error(
      'OTEL_EXPORTER_OTLP_PROTOCOL is http/json; grpc is not spoken. Receivers listen for it at port 4318.',
    );
  }
  return 'otlp';
};

const exporterNamed = async (name: 'otlp' | 'console') => {
  if (name === 'otlp') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    return new OTLPTraceExporter();
  }
  const { stderrExporter } = await import('./stderr-exporter.ts');
  return stderrExporter();
};
