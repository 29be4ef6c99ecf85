import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { ABSENT, commitmentOf, HOLES, type Member, memberSalts, partsInOrder, TAGS } from './commitment.ts';
import { PARTS, type Part, type PartSpans, partSpans } from './part-spans.ts';

/** A part that is shown: its salt (64 hex digits) and its value's text. */
export type ShownPart = { readonly salt: string; readonly text: string };

/** The rest when it is shown: `holes[i]` is the part that was taken out between `pieces[i]` and `pieces[i + 1]`. */
export type ShownRest = {
  readonly salt: string;
  readonly pieces: readonly string[];
  readonly holes: readonly Part[];
};

/** What is blinded or erased leaves its hash (64 hex digits), which says nothing without the salt. */
export type Hidden = { readonly hash: string };

/**
 * What proves a commitment: each part shown or hidden, or not there because the statement has none. Plain JSON,
 * fit for an export; after a part was erased, this is what stays of the record.
 */
export type Opening = Readonly<Partial<Record<Part, ShownPart | Hidden>>> & {
  readonly rest: ShownRest | Hidden;
};

const cut = (text: string, spans: PartSpans): Pick<ShownRest, 'pieces' | 'holes'> => {
  const holes = partsInOrder(spans);
  const starts = [0, ...holes.map((part) => spans[part][1])];
  const ends = [...holes.map((part) => spans[part][0]), text.length];
  return { pieces: starts.map((start, i) => text.slice(start, ends[i])), holes };
};

/** The opening that shows everything; the parts are looked for unless their spans are given. */
export const openingOf = (salt: Buffer, text: string, spans: PartSpans = partSpans(text)): Opening => {
  const salts = memberSalts(salt);
  const shown: Partial<Record<Part, ShownPart>> = {};
  for (const part of partsInOrder(spans)) {
    shown[part] = { salt: salts[part], text: text.slice(...spans[part]) };
  }
  return { ...shown, rest: { salt: salts.rest, ...cut(text, spans) } };
};

const hashOfRest = (rest: ShownRest | Hidden): string => {
  if ('hash' in rest) return rest.hash;
  const bytes = rest.pieces.flatMap((piece, i) => {
    const hole = rest.holes[i];
    return hole === undefined ? [Buffer.from(piece)] : [Buffer.from(piece), Buffer.of(HOLES[hole])];
  });
  return hash('sha256', Buffer.concat([Buffer.from(`${TAGS.rest}${rest.salt}\n`), ...bytes]));
};

const hashOfPart = (part: Part, shown: ShownPart | Hidden | undefined): string => {
  if (shown === undefined) return ABSENT;
  return 'hash' in shown ? shown.hash : hash('sha256', `${TAGS[part]}${shown.salt}\n${shown.text}`);
};

/** The same opening with some members hidden: their texts and salts are gone from it. Absent parts stay absent. */
export const blind = (opening: Opening, members: readonly Member[]): Opening => {
  const blinded: { -readonly [name in keyof Opening]: Opening[name] } = { ...opening };
  for (const member of members) {
    if (member === 'rest') blinded.rest = { hash: hashOfRest(opening.rest) };
    else if (opening[member] !== undefined) blinded[member] = { hash: hashOfPart(member, opening[member]) };
  }
  return blinded;
};

const DIGEST = /^[0-9a-f]{64}$/;

const isDigest = (value: unknown): boolean => typeof value === 'string' && DIGEST.test(value);

/** A string that is the same after encoding: lone surrogates would all become U+FFFD. */
const isText = (value: unknown): boolean =>
  typeof value === 'string' && Buffer.from(value).toString() === value;

const isHidden = (member: ShownPart | ShownRest | Hidden): boolean =>
  'hash' in member && Object.keys(member).length === 1 && isDigest(member.hash);

const isSoundPart = (part: ShownPart | Hidden): boolean =>
  'text' in part ? !('hash' in part) && isDigest(part.salt) && isText(part.text) : isHidden(part);

/** A hidden rest, or one whose holes are exactly the parts that there are. */
const isSoundRest = (rest: ShownRest | Hidden, parts: readonly Part[]): boolean =>
  'pieces' in rest
    ? !('hash' in rest) &&
      isDigest(rest.salt) &&
      rest.pieces.every(isText) &&
      rest.pieces.length === rest.holes.length + 1 &&
      rest.holes.length === parts.length &&
      parts.every((part) => rest.holes.includes(part))
    : isHidden(rest);

const isSound = (opening: Opening): boolean => {
  const parts = PARTS.filter((part) => opening[part] !== undefined);
  return (
    parts.every((part) => isSoundPart(opening[part] as ShownPart | Hidden)) &&
    isSoundRest(opening.rest, parts)
  );
};

/**
 * Whether the opening proves the commitment: all that it shows is what was committed to. An opening that both shows
 * and hides a member, or whose rest has other holes than its parts, proves nothing.
 */
export const verifyOpening = (opening: Opening, commitment: Buffer): boolean =>
  isSound(opening) &&
  commitmentOf(
    hashOfPart('actor', opening.actor),
    hashOfPart('result', opening.result),
    hashOfPart('context', opening.context),
    hashOfRest(opening.rest),
  ).equals(commitment);
