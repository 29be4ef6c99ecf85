import { Buffer } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import { NO_PARTS, PARTS, type Part, type PartSpans } from './part-spans.ts';
import { SALT_LENGTH } from './salts.ts';

/** What is hashed on its own: the parts, and the rest with holes in their place. */
export type Member = Part | 'rest';

/** Begins what is hashed for each member, so that no hash of one kind can pass for another. */
export const TAGS: Readonly<Record<Member, string>> = {
  actor: 'cairn/actor/v1\n',
  result: 'cairn/result/v1\n',
  context: 'cairn/context/v1\n',
  rest: 'cairn/rest/v1\n',
};

/**
 * Stands in the rest where a part was taken out: bytes that no UTF-8 text can hold, so a hole cannot be mistaken
 * for text, nor one part's hole for another's.
 */
export const HOLES: Readonly<Record<Part, number>> = { actor: 0xfa, result: 0xfb, context: 0xfc };

/** Stands for the hash of a part that the statement does not have. */
export const ABSENT = '-';

const MEMBERS = [...PARTS, 'rest'] as const;
const SALT_DIGITS = 64;
const SHAKE = { outputLength: MEMBERS.length * SALT_LENGTH };
const HEAD_LENGTH = 128;

const expansion = Buffer.from(`cairn/part-salts/v1\n${'0'.repeat(SALT_DIGITS)}`, 'latin1');

/** The salts of actor, result, context and the rest, one after the other: 4 × 64 lower-case hex digits. */
const expand = (salt: Buffer): string => {
  if (salt.length !== SALT_LENGTH)
    throw new RangeError(`a salt has ${SALT_LENGTH} bytes, not ${salt.length}`);
  expansion.write(salt.toString('hex'), expansion.length - SALT_DIGITS, 'latin1');
  return createHash('shake256', SHAKE).update(expansion).digest('hex');
};

/** The salts of the members, 64 lower-case hex digits each, expanded from the one that is stored. */
export const memberSalts = (salt: Buffer): Readonly<Record<Member, string>> => {
  const digits = expand(salt);
  const [actor = '', result = '', context = '', rest = ''] = digits.match(/.{64}/g) ?? [];
  return { actor, result, context, rest };
};

/** The commitment over the members' hashes (64 lower-case hex digits, or `ABSENT`): 32 bytes. */
export const commitmentOf = (actor: string, result: string, context: string, rest: string): Buffer =>
  Buffer.from(hash('sha256', `cairn/commitment/v1\n${actor}\n${result}\n${context}\n${rest}\n`), 'hex');

const SCRATCH_LENGTH = 65536;
const kept = Buffer.allocUnsafeSlow(SCRATCH_LENGTH);

const scratchFor = ({ length }: Buffer): Buffer => {
  const needed = HEAD_LENGTH + length + PARTS.length;
  return needed <= SCRATCH_LENGTH ? kept : Buffer.allocUnsafeSlow(needed);
};

/** Writes tag, salt and line feed of a member, and answers where they end. */
const writeHead = (scratch: Buffer, member: Member, digits: string): number => {
  const from = MEMBERS.indexOf(member) * SALT_DIGITS;
  return scratch.write(`${TAGS[member]}${digits.slice(from, from + SALT_DIGITS)}\n`, 0, 'latin1');
};

const hashPart = (scratch: Buffer, part: Part, digits: string, text: Buffer, spans: PartSpans): string => {
  const [start, end] = spans[part];
  if (start < 0) return ABSENT;
  const head = writeHead(scratch, part, digits);
  text.copy(scratch, head, start, end);
  return hash('sha256', scratch.subarray(0, head + end - start));
};

/** The parts that are there, in the order in which they stand. */
export const partsInOrder = (spans: PartSpans): Part[] =>
  PARTS.filter((part) => spans[part][0] >= 0).sort(
    (a, b) => spans[a][0] - spans[b][0] || spans[a][1] - spans[b][1],
  );

const hashRest = (scratch: Buffer, digits: string, text: Buffer, spans: PartSpans): string => {
  let length = writeHead(scratch, 'rest', digits);
  let at = 0;
  for (const part of partsInOrder(spans)) {
    const [start, end] = spans[part];
    if (start < at || end < start) throw new RangeError(`the span of ${part} overlaps or is reversed`);
    length += text.copy(scratch, length, at, start);
    scratch[length] = HOLES[part];
    length += 1;
    at = end;
  }
  if (at > text.length) throw new RangeError('a span ends after the text');
  length += text.copy(scratch, length, at);
  return hash('sha256', scratch.subarray(0, length));
};

/**
 * The commitment to a statement's stored text: 32 bytes that hide it (as long as the salt is secret) and bind it
 * byte for byte, part by part. The format stands in `specs/decisions/0002-leaf-and-commitment.md`.
 * `text` is UTF-8 and the spans count its bytes ({@link byteSpans}); `salt` is 32 random bytes that are used once.
 *
 * @throws RangeError for spans that overlap or leave the text, and for a salt of another length.
 */
export const commit = (salt: Buffer, text: Buffer, spans: PartSpans): Buffer => {
  const scratch = scratchFor(text);
  const digits = expand(salt);
  const rest = hashRest(scratch, digits, text, spans);
  return commitmentOf(
    hashPart(scratch, 'actor', digits, text, spans),
    hashPart(scratch, 'result', digits, text, spans),
    hashPart(scratch, 'context', digits, text, spans),
    rest,
  );
};

/** The commitment to the text of an entry that has no parts (documents, credentials): all of it is the rest. */
export const commitText = (salt: Buffer, text: string): Buffer => commit(salt, Buffer.from(text), NO_PARTS);
