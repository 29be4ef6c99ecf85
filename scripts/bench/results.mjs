/** @typedef {import('./writes.mjs').WriteLoad} WriteLoad */
/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */
/** @typedef {ReturnType<typeof import('./writes.mjs').medianWrites>} MedianWrites */

/**
 * One load, and the same bodies sent to the references in the same rounds.
 * @typedef {object} WriteComparison
 * @property {MedianWrites} server
 * @property {MedianWrites | undefined} rawHttp node:http and JSON.parse, nothing else
 * @property {MedianWrites | undefined} route the server's own route without storage
 * @property {import('./raw-append.mjs').AppendRates | undefined} append as many statements per durable write as per post
 */

/**
 * @typedef {object} StoreFigures
 * @property {number} stored statements when these were taken
 * @property {{ now: number, highest: number } | undefined} resident bytes
 * @property {number} diskBytes while it ran
 * @property {number} storedBytes of the statements' JSON: sent, plus what storing added
 */

/**
 * @typedef {object} StartFigures
 * @property {number} stored statements at the first of the stops
 * @property {number} rounds
 * @property {number} storedBytes of the statements' JSON, at the first of the stops
 * @property {number} diskBytes after it
 * @property {number} emptyMs
 * @property {number} stopMs
 * @property {number} afterStopMs
 * @property {number} afterKillMs
 */

/**
 * Everything that a run measured; what was not measured is undefined. Rates are statements per second, times ms.
 * @typedef {object} Results
 * @property {string} at
 * @property {string} subject
 * @property {number} seed
 * @property {ReturnType<typeof import('./process-figures.mjs').describeMachine>} machine
 * @property {{ statements: number, bytesEach: number, linksEach: number, newTermsEach: number, addedBytes: number }} corpus
 * @property {import('./fill.mjs').FillResult} fill
 * @property {Partial<Record<WriteLoad, WriteComparison>>} writes
 * @property {import('./concurrent.mjs').MixedResult | undefined} mixed
 * @property {{ stored: number, kinds: Record<string, import('./reads.mjs').IdleReads> } | undefined} reads
 * @property {{ stored: number, writeRate: number, kinds: Record<string, Percentiles> } | undefined} busy
 * @property {StoreFigures | undefined} store
 * @property {StartFigures | undefined} starts
 * @property {{ answers: number, wrong: readonly { what: string, count: number, example: string }[] }} answers
 */

export {};
