import { readText } from './source-files.ts';

/** The instructions of the Dockerfile, with continued lines joined and comments left out. */
const instructions = readText('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => line.trim());
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
const argumentsOf = (name: string): string[] =>
  lastStage.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());

describe('the container', () => {
  it('is built from images that are pinned to a major version', () => {
    const images = instructions.filter((line) => line.startsWith('FROM '));
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toMatch(/^FROM node:\d+-[a-z-]*slim( AS [a-z]+)?$/);
  });

  it('installs by the lock file and runs no install scripts', () => {
    expect(instructions).toContain('RUN npm ci --ignore-scripts');
  });

  it('does not run as root, and says so by number', () => {
    expect(argumentsOf('USER')).toHaveLength(1);
    expect(argumentsOf('USER')[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it.each(['HEALTHCHECK', 'ENTRYPOINT', 'CMD'])('needs no shell for its %s', (name) => {
    const [form] = argumentsOf(name);
    const command = JSON.parse(/\[.*\]$/.exec(form ?? '')?.[0] ?? 'null') as string[] | null;
    expect(command).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(command?.[0]).not.toMatch(/sh$/);
  });

  it('asks readiness, as JavaScript that parses', () => {
    const script = JSON.parse(/\[.*\]$/.exec(argumentsOf('HEALTHCHECK')[0] ?? '')?.[0] ?? '[]')[2] as string;
    expect(script).toContain('/health/ready');
    expect(() => new Function(script)).not.toThrow();
  });

  it('writes only to /data, listens on 8080, on every address', () => {
    expect(argumentsOf('VOLUME')).toEqual(['/data']);
    expect(argumentsOf('EXPOSE')).toEqual(['8080']);
    const [environment] = argumentsOf('ENV');
    for (const pair of [
      'CAIRN_HOST=0.0.0.0',
      'CAIRN_PORT=8080',
      'CAIRN_STORAGE=sqlite:/data',
      'NODE_ENV=production',
    ])
      expect(environment?.split(/\s+/)).toContain(pair);
  });

  it('carries no secret', () => {
    const settings = instructions.filter((line) => /^(ENV|ARG|LABEL)\b/.test(line)).join(' ');
    expect(settings).not.toMatch(/KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL/i);
  });

  it('is built from the sources alone', () => {
    const lines = readText('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    const letIn = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(letIn.sort()).toEqual([
      'package-lock.json',
      'package.json',
      'scripts',
      'specs',
      'src',
      'tsconfig.json',
    ]);
    expect(lines).toEqual(expect.arrayContaining(['**/node_modules', '**/.env*']));
  });
});
