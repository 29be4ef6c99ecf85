import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ouladFormat } from '../../../src/cli/convert/oulad-format.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { worldOf } from '../asked-world.ts';

/** The Open University's data set as an import makes statements of it. */
export const ouladWorld = async (data: string): Promise<World> => {
  const { elements } = ouladFormat.open(join(data, 'oulad'), { name: undefined, mapping: undefined });
  const texts: string[] = [];
  for await (const { bytes } of elements) texts.push(bytes.toString());
  return worldOf(texts);
};

/** The statements of a video player, as they were sent. */
export const moocWorld = (data: string): World => {
  const text = gunzipSync(readFileSync(join(data, 'mooc-video-statements.ndjson.gz'))).toString('utf8');
  return worldOf(text.trim().split('\n'));
};
