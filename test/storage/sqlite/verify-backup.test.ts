import { chmodSync, cpSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../sqlite-folder.ts';
import {
  backedUp,
  changeManifest,
  damageLog,
  filesIn,
  flip,
  newTarget,
  seal,
  wrongWith,
} from './backed-up.ts';

jest.setTimeout(60_000);

let made: Awaited<ReturnType<typeof backedUp>>;
beforeAll(async () => {
  made = await backedUp();
});

describe('the check of a backup', () => {
  const copied = (): string => {
    const target = newTarget();
    cpSync(made.whole, target, { recursive: true });
    return target;
  };

  it('finds one bit that is turned, wherever it is', async () => {
    for (const path of filesIn(made.whole)) {
      const { size } = statSync(path);
      for (const at of [0, 27, Math.floor(size / 2), size - 1]) {
        const target = copied();
        flip(join(target, path.slice(made.whole.length)), at);
        expect([path, at, await wrongWith(target)]).toEqual([
          path,
          at,
          expect.stringContaining('is damaged'),
        ]);
      }
    }
  });

  it('finds what is missing, what is cut off and what does not belong to it', async () => {
    for (const path of filesIn(made.whole).map((file) => file.slice(made.whole.length + 1))) {
      const target = copied();
      rmSync(join(target, path));
      expect(await wrongWith(target)).toMatch(new RegExp(`${path.split('/').at(-1)}.* is missing`));
      const short = copied();
      writeFileSync(join(short, path), readFileSync(join(made.whole, path)).subarray(0, -1));
      expect(await wrongWith(short)).toContain('is damaged');
    }
    for (const extra of ['lock.db', 'index.db', 'attachments/x', 'log.db-wal']) {
      const target = copied();
      writeFileSync(join(target, extra), '');
      expect(await wrongWith(target)).toContain(`${extra}: it does not belong here`);
    }
    const linked = copied();
    rmSync(join(linked, 'log.db'));
    symlinkSync(join(made.whole, 'log.db'), join(linked, 'log.db'));
    expect(await wrongWith(linked)).toContain('log.db: it does not belong here');
  });

  it('changes nothing, and works where nothing can be written', async () => {
    const target = copied();
    const before = filesIn(target).map((path) => readFileSync(path).toString('base64'));
    chmodSync(target, 0o500);
    expect(await wrongWith(target)).toBe('');
    chmodSync(target, 0o700);
    expect(filesIn(target).map((path) => readFileSync(path).toString('base64'))).toEqual(before);
  });

  it.each([
    [
      'update entry set body=(select body from entry where position=5) where position=2',
      'entry 2 is not what was',
    ],
    ["update entry set body=x'0041' where position=2", 'entry 2 cannot be read'],
    ['update entry set salt=zeroblob(32) where position=3', 'entry 3 is not what was committed to'],
    ['update entry set commitment=zeroblob(32) where position=4', 'entry 4 is not what was committed to'],
    ['update entry set op=2 where position=1', 'entry 1 is not what was committed to'],
    ['update entry set stored=stored-100000000 where position=5', 'entry 5 is not later than the one before'],
    [
      'update entry set body=(select body from entry where position=5) where op=8',
      'is not what was committed to',
    ],
    ['delete from entry where position=4', 'there is no entry 4'],
    [
      'delete from entry where position=(select max(position) from entry)',
      'another head than that of log.db',
    ],
    ["update document set content=x'7b7d' where id='kept'", 'is not what was put'],
    ["update document set content_type='x' where id='kept'", 'is not what was put'],
    ["update document set updated=updated+1 where id='kept'", 'is not what was put'],
    ["update document set etag='x' where id='kept'", 'is not what was put'],
    ["delete from document where id='kept'", 'of 2 documents 1 are there'],
    [
      "insert into document select resource,activity,agent,registration,'gone',content_type,content,etag,updated,null from document limit 1",
      'is not what was put',
    ],
    ["update credential set scopes='all' where id='a'", 'the credential a is not what its entries say'],
    ["update credential set secret_hash='h b' where id='b'", 'the credential b is not what its entries say'],
    ["update credential set revoked=null where id='c'", 'the credential c is not what its entries say'],
    ["delete from credential where id='c'", 'of 3 credentials 2 are there'],
    [
      "insert into credential values('d','','all','h',1,null,null,null,null,null,null,0,null)",
      'the credential d is not what its entries say',
    ],
    ["update attachment set body=x'79' where body is not null", 'is not what its name says'],
    ['update attachment set length=7 where body is null and length=70000', 'is no file of 7 bytes'],
    ['delete from attachment where length=70000', 'there are attachments that the log does not name'],
    ['delete from attachment where body is not null', 'there are 2 attachments'],
    [
      "update setting set value=cast('https://other' as blob) where name='installation'",
      'another installation than in log.db',
    ],
    ["update setting set value=x'34' where name='version'", 'it was written by a newer Cairn'],
    ['drop table document', 'no such table'],
  ])('finds damage that was in the store already: %s', async (sql, message) => {
    const target = copied();
    await damageLog(target, sql);
    expect(await wrongWith(target)).toContain(message);
  });

  it('finds a page that SQLite cannot read, and a large attachment that was damaged in the store', async () => {
    const target = copied();
    const path = join(target, 'log.db');
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, 8192);
    writeFileSync(path, bytes);
    seal(target);
    expect(await wrongWith(target)).toContain('  log.db: ');

    const other = copied();
    flip(filesIn(join(other, 'attachments'))[0] as string, 7);
    seal(other);
    expect(await wrongWith(other)).toContain('it is not what its name says, nor was it in the store');
  });

  it('refuses one of a newer Cairn, what is none, and one that would reach outside', async () => {
    const newer = copied();
    changeManifest(newer, (manifest) => {
      manifest.format = 2;
    });
    expect(await wrongWith(newer)).toContain('was written by a newer Cairn');
    for (const folder of [newFolder(), join(newFolder(), 'none'), join(made.whole, 'log.db'), made.source])
      expect(await wrongWith(folder)).toContain('holds no whole backup: manifest.json is missing');
    for (const path of ['../log.db', 'lock.db', 'cairn.sock', `attachments/00/${'ab'.repeat(32)}`]) {
      const target = copied();
      changeManifest(target, ({ files }) => files.push({ path, bytes: 0, sha256: '' }));
      expect(await wrongWith(target)).toContain(`names ${path}, which no backup holds`);
    }
  });
});
