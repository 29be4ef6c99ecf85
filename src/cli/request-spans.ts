import type { Attributes, Context, Tracer } from '@opentelemetry/api';
import type { Visit } from '../http/visit.ts';

/** What is needed of OpenTelemetry, which is loaded only when it is asked for. */
type Api = Pick<
  typeof import('@opentelemetry/api'),
  'ROOT_CONTEXT' | 'SpanKind' | 'SpanStatusCode' | 'TraceFlags' | 'trace'
>;

/**
 * Makes the spans of a request once it is over: one for it all, and in it one until it had come and been let in, and one
 * for what was done. They say what a line of the log says. Answers the id of the trace.
 */
export const requestSpans =
  (tracer: Tracer, { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace }: Api) =>
  (visit: Visit): string => {
    const { began, admitted, method, route, status, milliseconds } = visit;
    const ended = began + milliseconds;
    const span = tracer.startSpan(
      `${method} ${route}`,
      { kind: SpanKind.SERVER, startTime: momentOf(began), attributes: attributesOf(visit) },
      parentOf(visit.traceparent, ROOT_CONTEXT, trace, TraceFlags.NONE),
    );
    if (span.isRecording() && admitted > 0) {
      const within = trace.setSpan(ROOT_CONTEXT, span);
      tracer.startSpan('receive', { startTime: momentOf(began) }, within).end(momentOf(admitted));
      tracer.startSpan('handle', { startTime: momentOf(admitted) }, within).end(momentOf(ended));
    }
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(momentOf(ended));
    return span.spanContext().traceId;
  };

/** Milliseconds since 1970. */
const momentOf = (ticks: number): number => performance.timeOrigin + ticks;

const attributesOf = (visit: Visit): Attributes => ({
  'http.request.method': visit.method,
  'http.route': visit.route,
  'http.response.status_code': visit.status,
  'http.request.body.size': visit.bytesIn,
  'http.response.body.size': visit.bytesOut,
  'cairn.request_id': visit.id,
  ...(visit.credential === '' ? {} : { 'cairn.credential': visit.credential }),
  ...(visit.reason === '' ? {} : { 'error.type': visit.reason }),
});

/** Version 00 of W3C's Trace Context; of a later one what it has in common. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

const parentOf = (sent: string, root: Context, trace: Api['trace'], none: number): Context => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(sent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return root;
  const traceFlags = Number.parseInt(flags, 16) & 1 || none;
  return trace.setSpanContext(root, { traceId, spanId, traceFlags, isRemote: true });
};
