import { attaching, multipartOf } from './multipart-request.ts';
import type { Cairn } from './start-cairn.ts';
import { ADA, type Json, query, statementOf } from './statement-parts.ts';

export const STATEMENTS = '/xapi/statements';
export const JSON_TYPE = 'application/json';

/** Objects and arrays by turns, so many one in another. */
export const nested = (depth: number, core: unknown = 1): unknown => {
  let value = core;
  for (let at = 0; at < depth; at += 1) value = (depth - at) % 2 === 1 ? { a: value } : [value];
  return value;
};
/** A statement that is so deep: itself, its context and the extensions are three of it. */
export const deepStatement = (depth: number, more: Json = {}) =>
  statementOf({ context: { extensions: { 'a:a': nested(depth - 3) } }, ...more });
export const fileOf = ({ id }: { readonly id: string }) => `${STATEMENTS}?statementId=${id}`;
export const state = (stateId: string) =>
  `/xapi/activities/state?${query({ activityId: 'a:a', agent: ADA, stateId })}`;

export const send = (cairn: Cairn, method: string, path: string, body: string | Buffer, type = JSON_TYPE) =>
  cairn.wire({ method, path, headers: { 'Content-Type': type }, body });

type Send = (cairn: Cairn, statement: Json & { readonly id: string }) => ReturnType<typeof send>;
export const WAYS: readonly (readonly [name: string, way: Send, index: number])[] = [
  ['POST', (cairn, one) => send(cairn, 'POST', STATEMENTS, JSON.stringify(one)), 0],
  [
    'POST with white space',
    (cairn, one) => send(cairn, 'POST', STATEMENTS, ` ${JSON.stringify(one, undefined, 1)}`),
    0,
  ],
  [
    'POST of a batch',
    (cairn, one) => send(cairn, 'POST', STATEMENTS, JSON.stringify([statementOf(), one, statementOf()])),
    1,
  ],
  ['PUT', (cairn, one) => send(cairn, 'PUT', fileOf(one), JSON.stringify(one)), 0],
  [
    'multipart',
    (cairn, one) => {
      const bytes = Buffer.from('x');
      const { body, contentType } = multipartOf({ ...one, attachments: [attaching(bytes)] }, [bytes]);
      return send(cairn, 'POST', STATEMENTS, body, contentType);
    },
    0,
  ],
  [
    'the alternate syntax',
    (cairn, one) => {
      const fields = { statementId: one.id, content: JSON.stringify(one), 'Content-Type': JSON_TYPE };
      const version = { 'X-Experience-API-Version': '1.0.3' };
      return send(cairn, 'POST', `${STATEMENTS}?method=PUT`, query({ ...fields, ...version }), 'x/form');
    },
    0,
  ],
];
