import { IMPORT } from '../credentials/credential.ts';
import type { ControlStore } from '../http/control-store.ts';
import { readBatch } from '../http/import-batch.ts';
import type { ImportRules } from '../http/import-statement.ts';
import { isTimestamp } from '../xapi/timestamp.ts';
import type { Call, Command } from './command.ts';
import type { ElementSource } from './convert/format.ts';
import { findFormat, formats } from './convert/formats.ts';
import { type ImportMemory, importMemory } from './import-state.ts';
import { openStore } from './open-store.ts';
import { EXIT_INTERRUPTED, runImport } from './run-import.ts';
import { readSettings, type Settings } from './settings.ts';

/** `cairn import`: what another LRS or an export holds, read and stored by the rules of HTTP. */
export const importCommand: Command = {
  name: 'import',
  summary: 'Store statements, attachments and documents from NDJSON or JSON, or statements made of tables.',
  details: [
    'Takes a line each, or JSON arrays and StatementResults one behind the other, gzipped or not; - is stdin. Beside',
    'statements there may be',
    '{"attachment":{"sha2","contentType","content"}} before the first statement that names it, and',
    '{"document":{"resource","activity","agent","registration","id","contentType","content"}}, contents in base64.',
    'What is refused is named with its line and everything that is wrong with it, and all else is stored. Statements',
    'that are here already are no error, so that importing again changes nothing; those without an id are known again by',
    "the file's name (or --name), their place in it and their text. An import that was interrupted goes on where it",
    'stopped when the same command is given again. An export has {"terms":{"define","voids","version"}} where it has to',
    'say how the statements behind were stored: by a key that may not describe activities, may void only what is its',
    'own, or as 2.0.0 though they do not say so.',
    'With --as, statements are made of the rows of tables, and what is refused is named with its file, line and column.',
  ].join('\n'),
  options: [
    {
      name: 'keep-stored',
      explanation:
        'Keep when each was stored; it has to ascend and come after all that is here.\nOnly without a running server: move in first, and serve then.',
    },
    { name: 'keep-authority', explanation: 'Keep the authority of each, where it has one.' },
    {
      name: 'authority',
      value: 'KEY',
      explanation: 'Store under the authority of this key, not of the import.',
    },
    {
      name: 'complete-through',
      value: 'MOMENT',
      explanation:
        'Up to when the source has everything (ISO 8601): windows that end later are not judged yet.\nUnless given, up to the newest that was ever imported.',
    },
    {
      name: 'as',
      value: 'FORMAT',
      explanation: formats.map((format) => `${format.name}: ${format.explanation}`).join(',\n'),
    },
    {
      name: 'mapping',
      value: 'FILE',
      explanation: 'What the columns of a CSV file mean: see specs/import.md.',
    },
    {
      name: 'refused',
      value: 'FILE',
      explanation: 'Write what is refused there, to be mended and imported.',
    },
    { name: 'dry-run', explanation: 'Only say what would be refused by itself; the store is not asked.' },
    { name: 'restart', explanation: 'Begin at the beginning, also if an earlier import was interrupted.' },
    {
      name: 'name',
      value: 'NAME',
      explanation: 'What to know stdin by when it is imported again or gone on with.',
    },
  ],
  argument: { name: '<file>', isNeeded: true },
  run: async (call) => {
    const mapping = call.value('mapping');
    const format = findFormat(call.value('as') ?? 'statements', mapping);
    const source = format.open(call.argument as string, { name: call.value('name'), mapping });
    const rules = rulesOf(call, source);
    const through = completeThroughOf(call);
    const wanted = { source, rules, refusedPath: call.value('refused'), isDry: call.has('dry-run') };
    const settings = readSettings(call.environment);
    if (wanted.isDry) {
      return runImport({ ...wanted, store: judge(settings), memory: importMemory('', undefined) });
    }
    const { store, folder, isServed, close } = await openStore(settings, true);
    try {
      if (isServed && rules.keepStored) {
        throw new Error(
          'The running server has told its clients that nothing older than now can appear, so stored cannot be kept. ' +
            'Stop it first.',
        );
      }
      const identity = source.identity === undefined ? undefined : JSON.stringify([source.identity, rules]);
      const memory: ImportMemory = importMemory(folder, identity);
      if (call.has('restart')) await memory.forget();
      const code = await runImport({ ...wanted, store, memory });
      if (through !== undefined && code !== EXIT_INTERRUPTED)
        await store.recordPeople({ record: 'complete-through', source: rules.as ?? IMPORT, through });
      return code;
    } finally {
      await close();
    }
  },
};

const completeThroughOf = (call: Call): string | undefined => {
  const moment = call.value('complete-through');
  if (moment === undefined || isTimestamp(moment)) return moment;
  throw new Error(`--complete-through is an ISO 8601 timestamp, not ${moment}.`);
};

const rulesOf = (call: Call, { name: source }: ElementSource): ImportRules => {
  const as = call.value('authority');
  return {
    keepStored: call.has('keep-stored'),
    keepAuthority: call.has('keep-authority'),
    source,
    ...(as === undefined ? {} : { as }),
  };
};

/** Reads and stores nothing. */
const judge = ({ maxDepth }: Settings): Pick<ControlStore, 'importBatch'> => ({
  importBatch: async (batch) => {
    const { candidates, refused } = await readBatch(batch, async () => undefined, maxDepth);
    return { stored: 0, known: candidates.length, refused };
  },
});
