import { pathOf } from './documents.mjs';

/** Documents that all connections overwrite at the same time, and what may have become of them. */

const SHELF = {
  path: 'activities/state',
  address: `activityId=${encodeURIComponent('https://example.org/contested')}&agent=${encodeURIComponent(
    JSON.stringify({ mbox: 'mailto:all@example.org' }),
  )}`,
  idName: 'stateId',
};
const IDS = ['one', 'two'];

/** @typedef {{ begun: number, ended: number, bytes: Buffer }} Write moments of one clock; endless if unanswered */

/** @returns {Map<string, Write[]>} */
export const createContested = () => new Map(IDS.map((id) => [id, []]));

export const overwrite = async ({ random, client, journal, contested }) => {
  const id = IDS[Math.floor(random() * IDS.length)];
  const length = 16 + Math.floor(random() * 60_000);
  const bytes = Buffer.alloc(length, `${Math.floor(random() * 2 ** 48)}.`);
  const write = { begun: performance.now(), ended: Number.POSITIVE_INFINITY, bytes };
  contested.get(id).push(write);
  const headers = { 'Content-Type': 'application/octet-stream' };
  const exchange = journal.note({ contested: id, write });
  exchange.answer = await client.send({ method: 'PUT', path: pathOf(SHELF, id), headers, body: bytes });
  const { status } = exchange.answer;
  if (status !== 204) journal.violate(`PUT ${pathOf(SHELF, id)}: ${status}`);
  write.ended = performance.now();
  journal.counts.documents += 1;
};

/** A write may be what is there unless another one began after its end and was answered. */
const mayBeLast = (write, all) =>
  !all.some(({ begun, ended }) => begun > write.ended && ended !== Number.POSITIVE_INFINITY);

export const checkContested = async (journal, client, contested) => {
  for (const [id, writes] of contested) {
    const { status, body } = await client.send({ method: 'GET', path: pathOf(SHELF, id) });
    const found = writes.find((write) => write.bytes.equals(body) && mayBeLast(write, writes));
    const noneNeeded = writes.every(({ ended }) => ended === Number.POSITIVE_INFINITY);
    if (found === undefined && !(status === 404 && noneNeeded)) {
      journal.counts.lost += 1;
      journal.violate(
        `${pathOf(SHELF, id)} (${status}, ${body.length} bytes) is no write that may be the last`,
      );
    }
    contested.set(id, found === undefined ? [] : [{ ...found, begun: 0, ended: 0 }]);
  }
};
