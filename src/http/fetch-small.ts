/** In milliseconds, and in bytes. */
const PATIENCE = 5000;
const LARGEST = 1024 * 1024;

/**
 * As `fetch`, for small documents of an issuer: no redirects, in five seconds, at most a megabyte.
 *
 * @throws Error whenever it is not had.
 */
export const fetchSmall = async (url: string, options: RequestInit): Promise<Response> => {
  const response = await fetch(url, {
    ...options,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LARGEST) throw new Error(`${url} answered more than ${LARGEST} bytes.`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers });
};
