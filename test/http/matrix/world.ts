import { randomUUID } from 'node:crypto';
import type { Account, Identifier } from '../../../src/xapi/statement.ts';
import { batchOf } from '../../storage/sample-statements.ts';
import type { Cairn } from '../start-cairn.ts';
import { type Json, query } from '../statement-parts.ts';

export const REGISTRATION = '00000000-0000-4000-8000-0000000000aa';
const OTHER_REGISTRATION = '00000000-0000-4000-8000-0000000000ab';
const ANOTHER = { mbox: 'mailto:another@example.org' };

/** What one principal is about, and what others have stored of it. */
export type World = {
  readonly learner: Identifier;
  readonly course: string;
  /** What its statements have, those that were there before, and those that it stores itself. */
  readonly seenVerb: string;
  readonly writtenVerb: string;
  /** The ids of what was there before, by what the truth table calls it. */
  readonly stored: Readonly<Record<string, string>>;
  /** A link to the second half of these. */
  readonly more: string;
  /** A statement of another credential, to be voided. */
  readonly target: string;
};

const verbOf = (name: string, kind: string) => `https://example.org/${kind}/${encodeURIComponent(name)}`;

/** Whom and what a principal of this name is about. */
export const aboutOf = (name: string) => ({
  learner: { mbox: `mailto:${name.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}@example.org` },
  course: `https://example.org/course/${encodeURIComponent(name)}`,
  seenVerb: verbOf(name, 'seen'),
  writtenVerb: verbOf(name, 'written'),
});

type About = ReturnType<typeof aboutOf>;

/** How a thing differs from what a principal is about, by what the truth table calls it. */
export const changeOf = (what: string, { course }: Pick<World, 'course'>) => ({
  ...(/another learner|of another$/.test(what) ? { agent: ANOTHER } : {}),
  ...(/another registration/.test(what) ? { registration: OTHER_REGISTRATION } : {}),
  ...(/another activity/.test(what) ? { activityId: `${course}-2` } : {}),
  ...(/another verb/.test(what) ? { verb: 'https://example.org/verbs/another' } : {}),
});

export const statementAbout = (
  { learner, course, writtenVerb }: About | World,
  what: string,
  more: Json = {},
): Json & { readonly id: string } => {
  const { agent, registration, activityId, verb } = changeOf(what, { course });
  return {
    id: randomUUID(),
    actor: agent ?? learner,
    verb: { id: verb ?? writtenVerb },
    object: { id: activityId ?? course },
    context: { registration: registration ?? REGISTRATION },
    ...more,
  };
};

/** Those that are there before, and whether the principal's own credential has stored them. */
const STORED: readonly (readonly [what: string, isOwn: boolean])[] = [
  ['own', true],
  ['stored by another', false],
  ['of another learner', false],
  ['own, of another', true],
  ['of another registration', false],
];

/** Makes what a principal finds: statements of its own and of others, and activities that others have described. */
export const makeWorld = async (cairn: Cairn, name: string, account: Account): Promise<World> => {
  const about = aboutOf(name);
  const { storage } = cairn;
  const other = { homePage: storage.installation, name: cairn.master.id };
  const keep = (isOwn: boolean, ...sent: readonly object[]) =>
    storage.statements.append({
      ...batchOf(sent),
      authority: JSON.stringify({ objectType: 'Agent', account: isOwn ? account : other }),
    });
  const stored: Record<string, string> = {};
  for (const [what, isOwn] of STORED) {
    const sent = statementAbout(about, what, { verb: { id: about.seenVerb } });
    await keep(isOwn, sent);
    stored[what] = sent.id;
  }
  const verb = { id: verbOf(name, 'others') };
  const target = statementAbout(about, 'of another learner', { verb });
  const described = [about.course, `${about.course}-2`].map((id) =>
    statementAbout(about, 'own', { actor: ANOTHER, verb, object: { id, definition: { type: 'a:a' } } }),
  );
  await keep(false, target, ...described);
  const list = `/xapi/statements?${query({ verb: about.seenVerb, limit: 2 })}`;
  const { body } = await cairn.all.get(list).expect(200);
  return { ...about, stored, more: body.more, target: target.id };
};
