import { parseArgs } from 'node:util';
import { suggestName } from '../xapi/suggest-name.ts';
import type { Call, Command } from './command.ts';

/** A call that can be run, or what is wrong with it. */
export type Reading = { readonly call: Call } | { readonly problem: string } | 'help';

/** Reads what stands behind the name of a command. */
export const readCall = (
  command: Command,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Reading => {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      command.options.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = tokens.filter((token) => token.kind === 'option');
  if (flags.some(({ name }) => name === 'help' || name === 'h')) return 'help';
  const problem =
    flags.map((flag) => problemOfFlag(command, flag)).find((one) => one !== undefined) ??
    problemOfArguments(command, positionals);
  if (problem !== undefined) return { problem };
  const values = new Map(flags.map(({ name, value }) => [name, value ?? '']));
  const call: Call = {
    argument: positionals[0],
    has: (flag) => values.has(flag),
    value: (option) => values.get(option),
    environment,
  };
  return { call };
};

type Flag = { readonly name: string; readonly rawName: string; readonly value?: string | undefined };

const problemOfFlag = (command: Command, { name, rawName, value }: Flag): string | undefined => {
  const option = command.options.find((one) => one.name === name);
  if (option === undefined) return unknown(rawName, name, command);
  if (option.value === undefined) return value === undefined ? undefined : `--${name} takes no value.`;
  return value === undefined ? `--${name} needs a value: --${name} ${option.value}.` : undefined;
};

const unknown = (written: string, name: string, { name: command, options }: Command): string => {
  const names = options.map((option) => option.name);
  const meant = suggestName(name, [...names, 'help']);
  const hint =
    meant === undefined
      ? `It knows ${[...names, 'help'].map((one) => `--${one}`).join(', ')}.`
      : `Did you mean --${meant}?`;
  return `cairn ${command} has no ${written}. ${hint}`;
};

const problemOfArguments = ({ name, argument }: Command, given: readonly string[]): string | undefined => {
  const most = argument === undefined ? 0 : 1;
  if (given.length > most) return `cairn ${name} does not take ${JSON.stringify(given[most])}.`;
  if (argument?.isNeeded === true && given.length === 0) return `cairn ${name} needs ${argument.name}.`;
  return undefined;
};
