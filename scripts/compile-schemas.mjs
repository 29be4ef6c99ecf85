// Compiles the JSON Schemas of statements ahead into src/xapi/compiled/: per version a fail-fast module, which only
// says yes or no, and a thorough one, which lists every error. Equal input gives equal output.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import dependentRequired from 'ajv/dist/vocabularies/validation/dependentRequired.js';

const VERSIONS = ['1.0.3', '2.0.0'];

/** Where each `format` of the schemas is decided: file of src/xapi and function. */
const FORMATS = {
  duration: ['duration', 'isDuration'],
  iri: ['iri', 'isIri'],
  'language-tag': ['language-tag', 'isLanguageTag'],
  mailbox: ['mailbox', 'isMailbox'],
  'media-type': ['content-type', 'isContentType'],
  sha1: ['sha', 'isSha1'],
  sha2: ['sha', 'isSha2'],
  timestamp: ['timestamp', 'isTimestamp'],
  uuid: ['uuid', 'isUuid'],
};

/** What the modules validate: suffix of the exported name, and the schema below `$defs` ('' is the statement). */
const SUBJECTS = [
  ['Statement', ''],
  ['Agent', 'agent'],
  ['Group', 'group'],
  ['Actor', 'actor'],
  ['IdentifiedActor', 'identifiedActor'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}src/xapi/compiled/`;

const isAlternativeNames = (value) =>
  Array.isArray(value) && value.every((branch) => Object.keys(branch).join() === 'required');

/**
 * Two patterns become keywords of our own, which make no garbage and whose errors say what they mean. `oneOf` and
 * `anyOf` whose branches only require a property count the properties that are there; `additionalProperties: false`
 * compares each name with the known ones.
 */
const lower = (schema) => {
  if (Array.isArray(schema)) return schema.map(lower);
  if (typeof schema !== 'object' || schema === null) return schema;
  const pairs = Object.entries(schema).filter(([key]) => key !== '$schema');
  const lowered = pairs.map(([key, value]) => {
    if (key === 'additionalProperties' && value === false) return ['closed', Object.keys(schema.properties)];
    if (!isAlternativeNames(value)) return [key, lower(value)];
    return [key === 'oneOf' ? 'exactlyOneOf' : 'someOf', value.map((branch) => branch.required[0])];
  });
  return Object.fromEntries(lowered);
};

const closedKeyword = {
  keyword: 'closed',
  type: 'object',
  schemaType: 'array',
  error: { message: 'closed', params: ({ params }) => _`{name: ${params.name}}` },
  code(context) {
    const { gen, data, schema } = context;
    gen.forIn('name', data, (name) => {
      context.setParams({ name });
      gen.if(
        schema.map((known) => _`${name} !== ${known}`).reduce((all, one) => _`${all} && ${one}`),
        () => context.error(),
      );
    });
  },
};

const countingKeyword = (keyword, isBroken) => ({
  keyword,
  type: 'object',
  schemaType: 'array',
  error: { message: keyword, params: _`{}` },
  code(context) {
    const { data, schema } = context;
    const present = schema.map((name) => _`(${data}[${name}] === undefined ? 0 : 1)`);
    context.fail(isBroken(present.reduce((sum, one) => _`${sum} + ${one}`)));
  },
});

const ruleKeyword = {
  keyword: 'x-rules',
  schemaType: 'array',
  error: { message: 'x-rules', params: ({ params }) => _`{rule: ${params.rule}}` },
  code(context) {
    const { gen, data, schema } = context;
    for (const name of schema) {
      context.setParams({ rule: name });
      const rule = gen.scopeValue('func', { key: name, ref: name, code: _`STATEMENT_RULES[${name}]` });
      gen.if(_`${rule}.brokenAt(${data}) !== undefined`, () => context.error());
    }
  },
};

const compilerOf = (allErrors) => {
  const compiler = new Ajv({
    allErrors,
    verbose: allErrors,
    messages: false,
    strictNumbers: false,
    strictTypes: false,
    validateSchema: false,
    formats: Object.fromEntries(Object.keys(FORMATS).map((name) => [name, () => true])),
    code: { source: true, esm: true, lines: true, formats: _`FORMATS` },
  });
  compiler.addVocabulary(['x-says', 'x-clause']);
  compiler.addKeyword(dependentRequired.default ?? dependentRequired);
  compiler.addKeyword(closedKeyword);
  compiler.addKeyword(countingKeyword('exactlyOneOf', (count) => _`${count} !== 1`));
  compiler.addKeyword(countingKeyword('someOf', (count) => _`${count} === 0`));
  compiler.addKeyword(ruleKeyword);
  return compiler;
};

const sourceOf = (schema, allErrors) => {
  const compiler = compilerOf(allErrors).addSchema(schema);
  const names = SUBJECTS.map(([name, definition]) => [
    `is${name}`,
    definition === '' ? schema.$id : `${schema.$id}#/$defs/${definition}`,
  ]);
  return standalone(compiler, Object.fromEntries(names)).replace('"use strict";', '');
};

const replaceIn = (source, pattern, replacement) => {
  if (source.search(pattern) < 0) throw new Error(`ajv no longer writes what ${pattern} looks for`);
  return source.replace(pattern, replacement);
};

/** Nobody reads the errors of a fail-fast run, so no call need say where it is: that would make garbage. */
const forgetPlaces = (source) => {
  const calls = /, ?\{instancePath[^{}]*,parentData[^{}]*,parentDataProperty[^{}]*,rootData\}\)/g;
  const parameters = /, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g;
  return `const instancePath = '';\n${replaceIn(replaceIn(source, calls, ')'), parameters, ')')}`;
};

/** Ajv copies the list whenever a sub-schema fails, which takes quadratic time over a long array of wrong items. */
const appendInPlace = (source) =>
  replaceIn(
    source,
    /vErrors = vErrors === null \? ([\w.]+) : vErrors\.concat\(\1\);/g,
    'vErrors = appended(vErrors, $1);',
  );

const APPENDED = `const appended = (errors, more) => {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
};`;

const header = () => {
  const formats = Object.entries(FORMATS);
  return [
    '// Made by scripts/compile-schemas.mjs from specs/statement-*.schema.json.',
    ...formats.map(([, [file, name]]) => `import { ${name} } from '../${file}.ts';`),
    "import { STATEMENT_RULES } from '../statement-rules.ts';",
    `const FORMATS = { ${formats.map(([format, [, name]]) => `'${format}': ${name}`).join(', ')} };`,
    '',
  ].join('\n');
};

const errorLists = () =>
  SUBJECTS.map(
    ([name]) =>
      `export const errorsOf${name} = (value) => { is${name}(value); return is${name}.errors ?? []; };`,
  ).join('\n');

const declare = (lines) => `${lines.join('\n')}\n`;

const write = (name, source, declaration) => {
  if (/\brequire\(/.test(source)) throw new Error(`${name} would need a CommonJS module`);
  writeFileSync(`${folder}${name}.js`, source);
  writeFileSync(`${folder}${name}.d.ts`, declaration);
};

const compile = (version) => {
  const schema = lower(JSON.parse(readFileSync(`${root}specs/statement-${version}.schema.json`, 'utf8')));
  write(
    `fail-fast-${version}`,
    header() + forgetPlaces(sourceOf(schema, false)),
    declare(SUBJECTS.map(([name]) => `export declare const is${name}: (value: unknown) => boolean;`)),
  );
  const thorough = appendInPlace(sourceOf(schema, true)).replaceAll('export const is', 'const is');
  write(
    `all-errors-${version}`,
    `${header()}${APPENDED}\n${thorough}\n${errorLists()}\n`,
    declare([
      "import type { SchemaError } from '../explain-problem.ts';",
      ...SUBJECTS.map(
        ([name]) => `export declare const errorsOf${name}: (value: unknown) => readonly SchemaError[];`,
      ),
    ]),
  );
};

mkdirSync(folder, { recursive: true });
for (const version of VERSIONS) compile(version);
