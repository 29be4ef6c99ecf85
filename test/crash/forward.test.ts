import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../house/source-files.ts';

/** Runs `npm run forward-crash`, small, in a folder that is removed afterwards. */
const forwardAndKill = async (statements: number, kills: number): Promise<Record<string, unknown>> => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-forwarding-'));
  try {
    const options = [
      '--statements',
      String(statements),
      '--kills',
      String(kills),
      '--folder',
      folder,
      '--json',
    ];
    const command = spawn(process.execPath, ['scripts/forward-crash.mjs', ...options], { cwd: ROOT });
    const [said, complained] = [text(command.stdout), text(command.stderr)];
    await once(command, 'close');
    const [line = ''] = (await said).split('\n');
    if (!line.startsWith('{')) throw new Error(await complained);
    return JSON.parse(line) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('statements that are sent on while both ends are killed', () => {
  it('are all there, once, as they were sent', async () => {
    const { violations, seed, ...rest } = await forwardAndKill(600, 2);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(rest).toMatchObject({ statements: 600, attachments: 1 });
    const { sender = 0, receiver = 0 } = rest['kills'] as Record<string, number>;
    expect(Math.min(sender, receiver)).toBeGreaterThanOrEqual(2);
  }, 120_000);
});
