import { escapeHtml } from '../xapi/escape-html.ts';
import type { Readiness } from './health.ts';
import { VERSIONS } from './version.ts';

/** What the page tells. */
type Seen = {
  readonly version: string;
  /** As clients see it. */
  readonly endpoint: string;
  readonly readiness: Readiness;
  readonly now: Date;
};

type Paths = Readonly<Record<'api' | 'status' | 'about' | 'live' | 'ready', string>>;

/** Light and dark as the reader's system has it; nothing is told by colour alone. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf8; --text: #1f2023; --soft: #55585f; --line: #d9d6d0; --link: #0b4fb3;
  --good: #14652f; --bad: #a3210f; font: 1.0625rem/1.55 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17181b; --text: #eceae6; --soft: #b0b3ba; --line: #3a3c42; --link: #9cc4ff;
    --good: #7fd69a; --bad: #ffa594; }
}
body { margin: 0; background: var(--ground); color: var(--text); }
header, main { max-width: 42rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
main { padding-bottom: 3rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.2rem; }
p, ul { margin: .5rem 0; }
ul { padding-left: 1.25rem; }
li { margin: .35rem 0; }
.soft { color: var(--soft); }
.ready, .unready { font-weight: 600; }
.ready { color: var(--good); }
.unready { color: var(--bad); }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; border-radius: 2px; }
code { font: .95em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
`;

/** Three stones, one upon the other. */
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="#8a8f98"><ellipse cx="16" cy="26" rx="13" ry="5"/><ellipse cx="16" cy="16.5" rx="9" ry="4"/><ellipse cx="16" cy="8.5" rx="5.5" ry="3.5"/></svg>',
  );

const HEALTH: Readonly<Record<Readiness, readonly [name: string, text: string, look: string]>> = {
  ready: ['Ready', 'The store writes durably.', 'ready'],
  'not writable': ['Not ready', 'The store cannot write: nothing can be stored now.', 'unready'],
  stopping: ['Stopping', 'No new requests are to be sent here.', 'unready'],
};

/** The page that stands at `/`. It needs no script, and its style is `STYLE` to the byte. */
export const homePage = ({ version, endpoint, readiness, now }: Seen, paths: Paths): string => {
  const [name, text, look] = HEALTH[readiness];
  const moment = now.toISOString();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cairn: ${name}</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Cairn</h1>
<p>An xAPI Learning Record Store. <span class="soft">Version ${escapeHtml(version)}</span></p>
</header>
<main>
<section aria-labelledby="health">
<h2 id="health">Health</h2>
<p><span class="${look}">${name}.</span> ${text}</p>
<p class="soft">As of <time datetime="${moment}">${moment.slice(0, 19).replace('T', ' ')} UTC</time>; load the page again for news.
Programs ask <a href="${escapeHtml(paths.ready)}">health/ready</a> and <a href="${escapeHtml(paths.live)}">health/live</a>.</p>
</section>
<section aria-labelledby="endpoint">
<h2 id="endpoint">Endpoint</h2>
<p><code>${escapeHtml(endpoint)}</code></p>
<p>This is what an LMS, an authoring tool or an app asks for, with a key and its secret. It speaks xAPI
${VERSIONS.join(', ')}; <a href="${escapeHtml(paths.about)}">about</a> says the same to programs.</p>
</section>
<section aria-labelledby="api">
<h2 id="api">Cairn’s own interface</h2>
<ul>
<li><a href="${escapeHtml(paths.api)}">The document of /api/v1</a> (OpenAPI 3.1): credentials, launches, counts, a live stream,
sending on, quarantine, people, metrics of learning.</li>
<li><a href="${escapeHtml(paths.status)}">Status</a> (<code>/api/v1/status</code>): how the server is doing, for keys with the scope admin.</li>
</ul>
</section>
<section aria-labelledby="more">
<h2 id="more">To read</h2>
<p>The file <code>README.md</code> that comes with Cairn has the chapters
${CHAPTERS.join(', ')}.</p>
</section>
</main>
</body>
</html>
`;
};

const CHAPTERS = [
  'Start',
  'A first statement',
  'A first metric',
  'A year of learning',
  'Commands',
  'Credentials',
  'Settings',
  'Seeing',
  'Sending on',
];
