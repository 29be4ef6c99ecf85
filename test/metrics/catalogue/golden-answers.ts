import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { buildSync } from 'esbuild';
import type { Answer, DimensionValue } from '../../../src/metrics/views.ts';
import { ROOT } from '../../house/source-files.ts';
import type { AnyCell } from '../asked-world.ts';
import { DATA } from '../statistics/golden.ts';

type Query = Readonly<Record<string, unknown>> & { readonly params?: object };
type Of = 'oulad' | 'mooc';

let folder = '';
let child: ChildProcess;
let lines: AsyncIterator<string>;

/** Starts the program that answers; within the project, whose packages it needs. */
export const startAnswering = (): void => {
  folder = mkdtempSync(join(ROOT, 'dist/golden-'));
  const outfile = join(folder, 'child.mjs');
  const entryPoints = [join(ROOT, 'test/metrics/catalogue/golden-child.ts')];
  buildSync({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  child = spawn(process.execPath, [outfile, DATA], { stdio: ['pipe', 'pipe', 'inherit'] });
  const reading: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines = reading[Symbol.asyncIterator]();
};

export const stopAnswering = (): void => {
  child.kill();
  rmSync(folder, { recursive: true, force: true });
};

const answer = async (of: Of, query: object): Promise<Answer> => {
  child.stdin?.write(`${JSON.stringify({ of, query })}\n`);
  const { value } = await lines.next();
  return JSON.parse(value) as Answer;
};

/** The one cell of a metric over everything that a question is about. */
export const cellOf = async (of: Of, id: string, { params = {}, ...rest }: Query = {}): Promise<AnyCell> =>
  (await answer(of, { metrics: [{ id, params }], ...rest })).totals?.[0] as AnyCell;

/** The cells of a metric by the values of one dimension, or of time. */
export const cellsBy = async (
  of: Of,
  id: string,
  { params = {}, ...rest }: Query,
): Promise<ReadonlyMap<DimensionValue, AnyCell>> => {
  const { rows } = await answer(of, { metrics: [{ id, params }], page: { limit: 10_000 }, ...rest });
  return new Map(rows.map(([value, cell]) => [plain(value as DimensionValue), cell as AnyCell]));
};

const plain = (value: DimensionValue): DimensionValue =>
  typeof value === 'object' && value !== null ? value.id : value;
