import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ouladFormat } from '../../../src/cli/convert/oulad-format.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { worldOf } from '../asked-world.ts';
import { DATA } from '../statistics/golden.ts';

/** The Open University's data set as an import makes statements of it. */
export const ouladWorld = async (): Promise<World> => {
  const { elements } = ouladFormat.open(join(DATA, 'oulad'), { name: undefined, mapping: undefined });
  const texts: string[] = [];
  for await (const { bytes } of elements) texts.push(bytes.toString());
  return worldOf(texts);
};

/** The statements of a video player, as they were sent. */
export const moocWorld = (): World => {
  const text = gunzipSync(readFileSync(join(DATA, 'mooc-video-statements.ndjson.gz'))).toString('utf8');
  return worldOf(text.trim().split('\n'));
};
