import { createHash } from 'node:crypto';
import { listAscending } from '../crash/list.mjs';
import { readAttachments } from '../crash/multipart.mjs';

const PAGE = 500;
const MOST_TOLD = 20;

/** A text without what an LRS sets itself. */
const sentPart = (text) =>
  text
    .replace(/,"stored":"[^"]+"(?!.*,"stored":")/s, '')
    .replace(/,"authority":\{"objectType":"Agent","account":\{[^{}]*\}\}/, '');

const fingerprint = (text) => createHash('sha256').update(sentPart(text)).digest('base64');

/** Every statement of an end in the order of its log: its id, and its text as a fingerprint. */
const readAll = async (client, violate) => {
  const found = [];
  for await (const text of listAscending(client, violate, { limit: PAGE })) {
    found.push({ id: JSON.parse(text).id, mark: fingerprint(text) });
  }
  return found;
};

/**
 * Compares what was sent, what the sender has and what the receiver has.
 * @param {{ sender: any, receiver: any, sent: Map<string, string>, files: Map<string, any>, violate: (sentence: string) => void }} parts
 */
export const checkBoth = async ({ sender, receiver, sent, files, violate }) => {
  const tell = atMost(MOST_TOLD, violate);
  const here = await readAll(sender, tell);
  const there = await readAll(receiver, tell);
  const marks = new Map(there.map(({ id, mark }) => [id, mark]));
  if (marks.size !== there.length) tell(`the receiver has ${there.length - marks.size} statements twice`);
  if (here.length !== sent.size) tell(`the sender has ${here.length} of ${sent.size} statements`);
  if (there.length !== sent.size) tell(`the receiver has ${there.length} of ${sent.size} statements`);
  for (const [at, { id, mark }] of here.entries()) {
    for (const wrong of problemsOf(id, mark, sent, marks)) tell(wrong);
    if (there[at]?.id !== id) tell(`the receiver has ${there[at]?.id} where ${id} is due`);
  }
  for (const [id, file] of files) await checkFile(receiver, id, file, tell);
};

const atMost = (most, violate) => {
  let told = 0;
  return (sentence) => {
    told += 1;
    if (told <= most) violate(sentence);
  };
};

const problemsOf = (id, mark, sent, marks) => {
  const text = sent.get(id);
  const problems = [];
  if (text === undefined) problems.push(`the sender has ${id}, which was never sent`);
  else if (fingerprintOfSent(text) !== mark) problems.push(`the sender has changed ${id}`);
  if (!marks.has(id)) problems.push(`the receiver does not have ${id}`);
  else if (marks.get(id) !== mark) problems.push(`the receiver has another text of ${id}`);
  return problems;
};

/** Its version is the one thing that the sender's LRS adds for good. */
const fingerprintOfSent = (text) => fingerprint(`${text.slice(0, -1)},"version":"1.0.0"}`);

const checkFile = async (receiver, id, { sha2, body }, tell) => {
  const path = `statements?statementId=${id}&attachments=true`;
  const answer = await receiver.send({ method: 'GET', path });
  const found = readAttachments(String(answer.headers['content-type']), answer.body).get(sha2);
  if (found === undefined || !found.equals(body)) tell(`the receiver does not have the attachment of ${id}`);
};
