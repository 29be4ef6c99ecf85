import { spawnSync } from 'node:child_process';

describe('scripts/build-dictionary.mjs', () => {
  it('makes dictionary 1 as it stands, byte for byte', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build-dictionary.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 120_000);
});
