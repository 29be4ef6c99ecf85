import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Writes spans to stderr, a line each: what is on stdout is read by programs. */
export const stderrExporter = (): SpanExporter => ({
  export: (spans, done) => {
    for (const span of spans) {
      const { traceId, spanId } = span.spanContext();
      const { name, attributes, parentSpanContext } = span;
      const milliseconds = span.duration[0] * 1000 + span.duration[1] / 1e6;
      const parent = parentSpanContext?.spanId;
      console.error(JSON.stringify({ span: name, traceId, spanId, parent, milliseconds, attributes }));
    }
    done({ code: SUCCESS });
  },
  shutdown: async () => undefined,
});

/** Of OpenTelemetry's ExportResultCode. */
const SUCCESS = 0;
