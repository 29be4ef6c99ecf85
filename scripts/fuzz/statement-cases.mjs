import { pick } from '../bench/random.mjs';
import { breakRule } from './break-rules.mjs';
import { disturb } from './disturb.mjs';
import { disturbBytes } from './disturb-bytes.mjs';
import { memberOf, readTree, stringOf, writeTree } from './json-tree.mjs';
import { problemsOf } from './judge.mjs';
import { keepValid } from './keep-valid.mjs';
import { family as anyFamily } from './sendings.mjs';
import { differences } from './stored-text.mjs';
import { statement } from './valid-statements.mjs';
import { below, chance } from './valid-texts.mjs';

const BLANKS = ['', '', ' ', '\n', '\t', '\r\n  '];
const gapsOf = (random) => (chance(random, 0.7) ? () => '' : () => pick(random, BLANKS));

/** A statement that is valid by construction. */
export const validStatement = (random, family) => {
  const tree = readTree(statement(random, family));
  const acts = chance(random, 0.85) ? keepValid(random, tree, family) : ['as generated'];
  return { tree, acts, id: stringOf(memberOf(tree, 'id')) };
};

const idsIn = (body) => {
  const ids = JSON.parse(body.toString('utf8'));
  if (!Array.isArray(ids)) throw new TypeError('no ids');
  return ids;
};

/** Looks up what was stored, and compares it with what was sent. */
export const comesBack = async (ask, sendings, id, sent) => {
  const heard = await ask(sendings.lookUp(id));
  if (heard.status !== 200) return [`the statement ${id} was accepted and is answered with ${heard.status}`];
  return differences(sent, heard.body.toString('utf8'));
};

export const isNotThere = async (ask, sendings, id) => {
  const { status } = await ask(sendings.lookUp(id));
  return status === 404 ? [] : [`the statement ${id} was refused and is answered with ${status}`];
};

/** Writes one statement in one of the ways that there are. */
const sendOne = (random, sendings, family, text, id) => {
  const path = family === '2.0.0' && chance(random, 0.3) ? '/xapi/2.0/statements' : '/xapi/statements';
  if (id !== undefined && chance(random, 0.4))
    return {
      sending: sendings.json('PUT', `${path}?statementId=${id}`, family, text),
      idOf: () => id,
      sent: text,
    };
  const inList = chance(random, 0.3);
  const sending = sendings.json('POST', path, family, inList ? `[${text}]` : text);
  return { sending, idOf: ({ body }) => idsIn(body)[0], sent: text };
};

export const validCase = (random, sendings) => {
  const family = anyFamily(random);
  const { tree, acts, id } = validStatement(random, family);
  const { sending, idOf, sent } = sendOne(random, sendings, family, writeTree(tree, gapsOf(random)), id);
  return {
    ...{ kind: 'statement', acts, expects: 'accepted', sending },
    check: (heard, ask) => comesBack(ask, sendings, idOf(heard), sent),
  };
};

/** Whether a problem is told where it is, or in what is around or inside it. */
const isToldAt = (heard, pointer) =>
  problemsOf(heard).some(
    (problem) => problem.pointer.startsWith(pointer) || pointer.startsWith(problem.pointer),
  );

export const brokenCase = (random, sendings) => {
  const family = anyFamily(random);
  const isLookedUp = chance(random, 0.3);
  const { tree, id } = validStatement(random, family);
  const { name, pointer } = breakRule(random, tree, family);
  const { sending } = sendOne(random, sendings, family, writeTree(tree, gapsOf(random)), id);
  return {
    ...{ kind: 'statement', acts: [name], expects: 'refused', sending },
    check: async (heard, ask) => [
      ...(isToldAt(heard, pointer)
        ? []
        : [`the problem at ${pointer} is told at ${JSON.stringify(problemsOf(heard))}`]),
      ...(isLookedUp ? await isNotThere(ask, sendings, id) : []),
    ],
  };
};

const decoded = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
const isRepeating = (tree) => {
  if (tree.type === 'atom') return false;
  if (tree.type === 'array') return tree.items.some(isRepeating);
  const names = new Set(tree.members.map(({ key }) => JSON.parse(key)));
  return names.size < tree.members.length || tree.members.some(({ value }) => isRepeating(value));
};
/** What must not have been accepted, whatever it says. */
const wrongOfBody = (bytes) => {
  const text = decoded(bytes);
  if (text === undefined) return ['what is not UTF-8 was accepted'];
  try {
    JSON.parse(text);
  } catch {
    return ['what is not JSON was accepted'];
  }
  return isRepeating(readTree(text)) ? ['a repeated key was accepted'] : [];
};
const statementsOf = (bytes) => {
  const tree = readTree(decoded(bytes));
  return tree.type === 'array' ? tree.items.map((item) => writeTree(item)) : [writeTree(tree)];
};

const allComeBack = async (ask, sendings, ids, texts) => {
  if (ids.length !== texts.length) return [`${texts.length} statements have ${ids.length} ids`];
  const found = [];
  for (const [at, id] of ids.entries()) found.push(...(await comesBack(ask, sendings, id, texts[at])));
  return found;
};

/** What has to be true of a body of statements of which nobody knows whether it is valid. */
const isConsistent = (sendings, bytes, idOfPut) => async (heard, ask) => {
  if (heard.status >= 300) return idOfPut === undefined ? [] : isNotThere(ask, sendings, idOfPut);
  const wrong = wrongOfBody(bytes);
  if (wrong.length > 0) return wrong;
  return allComeBack(
    ask,
    sendings,
    idOfPut === undefined ? idsIn(heard.body) : [idOfPut],
    statementsOf(bytes),
  );
};

const disturbed = (random, tree) => {
  if (chance(random, 0.6)) {
    const acts = disturb(random, tree);
    return { acts, bytes: Buffer.from(writeTree(tree, gapsOf(random))) };
  }
  const { bytes, names } = disturbBytes(random, Buffer.from(writeTree(tree)));
  return { acts: names, bytes };
};

export const disturbedCase = (random, sendings) => {
  const family = anyFamily(random);
  const { tree, id } = validStatement(random, family);
  const { acts, bytes } = disturbed(random, tree);
  const isPut = chance(random, 0.4);
  const sending = isPut
    ? sendings.json('PUT', `/xapi/statements?statementId=${id}`, family, bytes)
    : sendings.json('POST', '/xapi/statements', family, bytes);
  return {
    ...{ kind: 'statement', acts, expects: 'anything', sending },
    check: isConsistent(sendings, bytes, isPut ? id : undefined),
  };
};

export const validBatchCase = (random, sendings) => {
  const family = anyFamily(random);
  const all = Array.from({ length: 1 + below(random, 5) }, () => validStatement(random, family));
  const texts = all.map(({ tree }) => writeTree(tree, gapsOf(random)));
  const sending = sendings.json('POST', '/xapi/statements', family, ` [${texts.join(' ,\n')}] `);
  return {
    ...{ kind: 'batch', acts: all.flatMap(({ acts }) => acts), expects: 'accepted', sending },
    check: async ({ body }, ask) => {
      const ids = idsIn(body);
      if (JSON.stringify(ids) !== JSON.stringify(all.map(({ id }) => id))) return [`the ids are ${body}`];
      return allComeBack(ask, sendings, ids, texts);
    },
  };
};

const spoil = (random, all, family) => {
  if (all.length > 1 && chance(random, 0.2)) {
    const [one, other] = all;
    other.tree.members.find(({ key }) => JSON.parse(key) === 'id').value = readTree(
      JSON.stringify(chance(random, 0.5) ? one.id.toUpperCase() : one.id),
    );
    return ['one id twice'];
  }
  return [breakRule(random, pick(random, all).tree, family).name];
};

/** One bad statement among good ones: none may be stored. */
export const spoiltBatchCase = (random, sendings) => {
  const family = anyFamily(random);
  const all = Array.from({ length: 2 + below(random, 4) }, () => validStatement(random, family));
  const acts = spoil(random, all, family);
  const text = `[${all.map(({ tree }) => writeTree(tree)).join(',')}]`;
  return {
    ...{
      kind: 'batch',
      acts,
      expects: 'refused',
      sending: sendings.json('POST', '/xapi/statements', family, text),
    },
    check: async (_heard, ask) => {
      const found = [];
      for (const { id } of all) found.push(...(await isNotThere(ask, sendings, id)));
      return found;
    },
  };
};
