import fc from 'fast-check';
import { Rejection } from '../../src/xapi/rejection.ts';
import { isUuid, readUuid } from '../../src/xapi/uuid.ts';

const UUID = 'ec531277-b57b-4c15-8d91-d292c5b2b8f7';

describe('isUuid', () => {
  it.each([
    UUID,
    UUID.toUpperCase(),
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF',
  ])('accepts %s', (text) => expect(isUuid(text)).toBe(true));

  it.each([
    '',
    `{${UUID}}`,
    `urn:uuid:${UUID}`,
    UUID.replaceAll('-', ''),
    `${UUID}8`,
    UUID.slice(1),
    `g${UUID.slice(1)}`,
    `${UUID.slice(0, 35)}/`,
    'ec531277b-57b-4c15-8d91-d292c5b2b8f7',
    'ec531277-b57b-4c15-8d91-d292c5b2b8f-',
    ` ${UUID.slice(1)}`,
    'ec531277-b57b-4c15-8d91-d292c5b2b8fé',
  ])('refuses %j', (text) => expect(isUuid(text)).toBe(false));

  it('accepts every UUID of every version', () => {
    fc.assert(fc.property(fc.uuid(), (text) => isUuid(text) && isUuid(text.toUpperCase())));
  });
});

describe('readUuid', () => {
  it('gives the lower-case form', () => {
    expect(readUuid(UUID.toUpperCase(), 'parameter-invalid', '/statementId')).toBe(UUID);
  });

  it.each([undefined, null, 5, '', 'x', [UUID]])('turns %j away', (value) => {
    const read = () => readUuid(value, 'parameter-invalid', '/statementId');
    expect(read).toThrow(Rejection);
    expect(read).toThrow(expect.objectContaining({ reason: 'parameter-invalid' }) as Error);
    expect(read).toThrow(/UUID/);
  });
});
