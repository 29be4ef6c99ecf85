import type { Command, Option } from './command.ts';

/** What `--help` says of one command. */
export const helpText = ({ name, summary, details, options, argument }: Command): string => {
  const shown = argument === undefined ? '' : argument.isNeeded ? ` ${argument.name}` : ` [${argument.name}]`;
  const rows = [...options, { name: 'help', explanation: 'Say this.' }].map(rowOf);
  return [
    summary,
    `Usage: cairn ${name}${options.length > 0 ? ' [options]' : ''}${shown}`,
    ...(details === undefined ? [] : [details]),
    `Options:\n${inColumns(rows)}`,
    '',
  ]
    .join('\n\n')
    .trimEnd();
};

/** What `--help` says of several: all of them, or a group. */
export const overview = (commands: readonly Command[]): string =>
  [
    'Cairn, an xAPI Learning Record Store.',
    'Usage: cairn <command> [options]',
    `Commands:\n${inColumns(commands.map(({ name, summary }) => [name, summary]))}`,
    'The store is the one that CAIRN_STORAGE names (sqlite:./data unless set). Beside a running server a command goes\n' +
      'through it. `cairn <command> --help` says more, `cairn --version` which one this is.',
  ].join('\n\n');

type Row = readonly [name: string, explanation: string];

const rowOf = ({ name, value, explanation }: Option): Row => [
  value === undefined ? `--${name}` : `--${name} ${value}`,
  explanation,
];

const inColumns = (rows: readonly Row[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(
      ([name, explanation]) =>
        `  ${name.padEnd(width)}  ${explanation.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`,
    )
    .join('\n');
};
