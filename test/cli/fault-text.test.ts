import { faultText } from '../../src/cli/fault-text.ts';

const caught = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('what is told of a fault', () => {
  it('is where it came up and what our own message says', () => {
    const told = faultText(new Error('The index names position 7, which the log does not hold.'));
    expect(told).toMatchObject({
      name: 'Error',
      message: 'The index names position 7, which the log does not hold.',
    });
    expect(told.stack[0]).toMatch(/^at .*fault-text\.test\.ts:\d+:\d+\)?$/);
  });

  it.each([
    ['a piece of JSON', () => JSON.parse('{"a": canary}')],
    ['JSON with quotes', () => JSON.parse('"x" canary "y"')],
    ['a value of the wrong type', () => Buffer.byteLength(Object('canary').at as never)],
    ['an argument', () => Buffer.from('x').readUInt8('canary' as never)],
    ['a member', () => (undefined as never)['canary']],
    ['what was thrown and is no error', () => Promise.reject('canary')],
    [
      'a stack in a message',
      () => {
        throw new Error('"x"\n    at canary (file:1:2)\n"');
      },
    ],
  ])('has nothing of %s', async (_what, act) => {
    const error = await Promise.resolve(caught(act)).catch((thrown: unknown) => thrown);
    const told = JSON.stringify(faultText(error));
    expect(told).toContain('"name"');
    expect(told).not.toContain('canary');
  });

  it('names the causes, without end only so many', () => {
    const endless = new Error('a');
    endless.cause = endless;
    const inner = Object.assign(new Error('SQL "canary"'), { code: 'ERR_SQLITE_ERROR' });
    const told = faultText(new Error('log.db cannot be read', { cause: inner }));
    expect(told.cause).toMatchObject({ message: 'SQL …', code: 'ERR_SQLITE_ERROR' });
    expect(JSON.stringify(faultText(endless)).length).toBeLessThan(20_000);
  });
});
