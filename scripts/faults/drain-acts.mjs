import { randomUUID } from 'node:crypto';

const BATCH = 20;
const JSON_TYPE = { 'Content-Type': 'application/json' };

const makeStatement = (id) => ({
  id,
  actor: { mbox: `mailto:${id}@example.org` },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: {
    id: `https://example.org/${id.slice(0, 2)}`,
    definition: { description: { en: 'x'.repeat(500) } },
  },
});

export const documentPath = (name) =>
  `/xapi/activities/state?activityId=a:drain&stateId=${name}&agent=${encodeURIComponent('{"mbox":"mailto:d@example.org"}')}`;

export const storeSome = (count) => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const body = JSON.stringify(count === 1 ? makeStatement(ids[0]) : ids.map(makeStatement));
  return { ids, sending: { method: 'POST', path: '/xapi/statements', headers: JSON_TYPE, body } };
};

export const addAll = (set, values) => {
  for (const value of values) set.add(value);
};

/** One act of a client: what it sends, what it expects, and what is owed once that has come. */
export const actOf = (random, name, owed) => {
  const chance = random();
  if (chance < 0.5) {
    const { ids, sending } = storeSome(chance < 0.35 ? 1 : BATCH);
    return { sending, expects: 200, owe: () => addAll(owed.ids, ids) };
  }
  if (chance < 0.75) {
    const body = randomUUID();
    const sending = {
      method: 'PUT',
      path: documentPath(name),
      headers: { 'Content-Type': 'text/plain' },
      body,
    };
    owed.documents.set(name, [...(owed.documents.get(name) ?? []), body]);
    return { sending, expects: 204, owe: () => owed.documents.set(name, [body]) };
  }
  return {
    sending: { method: 'GET', path: '/xapi/statements?limit=30' },
    expects: 200,
    owe: () => undefined,
  };
};
