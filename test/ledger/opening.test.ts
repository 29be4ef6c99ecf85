import fc from 'fast-check';
import { blind, type Opening, openingOf, verifyOpening } from '../../src/ledger/opening.ts';
import { bytes32, commitmentTo, cutTexts, spansOf, textOf } from './cut-texts.ts';

const members = fc.subarray(['actor', 'result', 'context', 'rest'] as const);

const TEXT = '{"id":"1","actor":{"mbox":"mailto:ä@example.org"},"verb":{"id":"v"},"result":{"success":true}}';
const SALT = Buffer.alloc(32, 7);
const COMMITMENT = commitmentTo(SALT, TEXT);
const OPENING = openingOf(SALT, TEXT);
const altered = (change: (opening: Record<string, Record<string, unknown>>) => void): Opening => {
  const opening = JSON.parse(JSON.stringify(OPENING));
  change(opening);
  return opening;
};

describe('an opening', () => {
  it('proves the commitment whichever members are hidden, also after a trip through JSON', () => {
    fc.assert(
      fc.property(bytes32, cutTexts, members, members, (salt, cuts, hidden, more) => {
        const [text, spans] = [textOf(cuts), spansOf(cuts)];
        const commitment = commitmentTo(salt, text, spans);
        const blinded = blind(blind(openingOf(salt, text, spans), hidden), more);
        expect(verifyOpening(JSON.parse(JSON.stringify(blinded)), commitment)).toBe(true);
      }),
    );
  });

  it('keeps nothing of what was hidden but a hash', () => {
    const blinded = blind(OPENING, ['actor', 'context']);
    expect(Object.keys(blinded).sort()).toEqual(['actor', 'rest', 'result']);
    expect(blinded.actor).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(blinded)).not.toContain('mailto');
    expect(blinded.rest).toEqual({
      salt: expect.stringMatching(/^[0-9a-f]{64}$/),
      pieces: ['{"id":"1","actor":', ',"verb":{"id":"v"},"result":', '}'],
      holes: ['actor', 'result'],
    });
  });

  it('has a salt of its own for each member, which tells nothing about the others', () => {
    const salts = [OPENING.actor, OPENING.result, OPENING.rest].map(
      (member) => member && 'salt' in member && member.salt,
    );
    expect(new Set([...salts, SALT.toString('hex')]).size).toBe(4);
  });

  it('proves no other commitment', () => {
    fc.assert(
      fc.property(bytes32, cutTexts, bytes32, (salt, cuts, commitment) => {
        expect(verifyOpening(openingOf(salt, textOf(cuts), spansOf(cuts)), commitment)).toBe(false);
      }),
    );
  });

  it.each<[string, Opening]>([
    ['another text', altered((o) => Object.assign(o['result'] ?? {}, { text: '{"success":false}' }))],
    ['another salt', altered((o) => Object.assign(o['result'] ?? {}, { salt: '0'.repeat(64) }))],
    ['a part left out', altered((o) => delete o['actor'])],
    ['a part added', altered((o) => Object.assign(o, { context: o['actor'] }))],
    [
      'a hole in another place',
      altered((o) =>
        Object.assign(o['rest'] ?? {}, {
          pieces: ['{"id":"1"', ',"actor":,"verb":{"id":"v"},"result":', '}'],
        }),
      ),
    ],
    ['holes exchanged', altered((o) => Object.assign(o['rest'] ?? {}, { holes: ['result', 'actor'] }))],
    ['parts exchanged', altered((o) => Object.assign(o, { actor: o['result'], result: o['actor'] }))],
    [
      'a hash beside a text that it is not of',
      altered((o) => Object.assign(o, { result: { ...blind(OPENING, ['result']).result, text: 'x' } })),
    ],
    [
      'a hash beside pieces that it is not of',
      altered((o) =>
        Object.assign(o, {
          rest: { ...blind(OPENING, ['rest']).rest, ...o['rest'], pieces: ['a', 'b', 'c'] },
        }),
      ),
    ],
    ['a hash in another form', altered((o) => Object.assign(o, { actor: { hash: 'ABC' } }))],
  ])('proves nothing with %s', (_, opening) => {
    expect(verifyOpening(OPENING, COMMITMENT)).toBe(true);
    expect(verifyOpening(opening, COMMITMENT)).toBe(false);
  });

  it('does not take a lone surrogate for the U+FFFD that it would be encoded as', () => {
    const text = '{"actor":"\ufffd"}';
    const opening = JSON.parse(JSON.stringify(openingOf(SALT, text)));
    opening.actor.text = '"\ud800"';
    expect(verifyOpening(opening, commitmentTo(SALT, text))).toBe(false);
  });
});
