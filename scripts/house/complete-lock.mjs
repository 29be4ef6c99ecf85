/**
 * `node scripts/house/complete-lock.mjs`, to be run after every `npm install <package>`.
 * A registry that carries only some platforms makes npm write a lock file without the others, and `npm ci`
 * of npm 11 refuses such a file. This adds the missing platform packages, without checksums, which are not
 * known here; none of them is fetched on a platform that is not its own.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

const platformOf = (name) => {
  const words = name.split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  return os && cpu ? { cpu: [cpu], os: [os] } : undefined;
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** The optional packages that a package asks for and the lock file does not have: `[name, entry]`. */
const missingOf = ([place, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(
      ([name]) => !(lock.packages[`${place}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`]),
    )
    .filter(([name, version]) => platformOf(name) && /^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => [
      `node_modules/${name}`,
      { version, ...platformOf(name), ...(dev && { dev }), optional: true },
    ]);

const missing = Object.entries(lock.packages).flatMap(missingOf);
const packages = Object.fromEntries(
  [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
process.stdout.write(`${missing.length} platform packages added\n`);
