import { createInterface } from 'node:readline';
import type { World } from '../../../src/metrics/state/world.ts';
import { answerOf } from '../asked-world.ts';
import { moocWorld, ouladWorld } from './golden-worlds.ts';

/** Answers questions about the real data, a line each. Its own program: among tests it would take several times as long. */
const [, , data = ''] = process.argv;
const WORLDS = { oulad: () => ouladWorld(data), mooc: async () => moocWorld(data) };
const made = new Map<string, Promise<World>>();

type Line = { readonly of: keyof typeof WORLDS; readonly query: Readonly<Record<string, unknown>> };

for await (const line of createInterface({ input: process.stdin })) {
  const { of, query } = JSON.parse(line) as Line;
  const world = made.get(of) ?? WORLDS[of]();
  made.set(of, world);
  console.info(JSON.stringify(answerOf(await world, query)));
}
