import type { Agent } from '../start-cairn.ts';
import type { Answer } from './openapi-document.ts';

const API = '/api/v1';
const SIGNAL_ROW = { verbs: ['own:welded'], types: ['@work'], signals: ['applied'], byOthers: true };

/** Asks all that there is to ask about people; `check` compares the answers, `wished` what is sent. */
export const askAboutPeople = async (
  agent: Agent,
  check: (name: string, answer: Answer, status: number) => void,
  wished: (name: string, body: object) => object,
): Promise<void> => {
  const [ada, account] = [
    { mbox: 'mailto:ada@example.org' },
    { account: { homePage: 'https://hr.example.org', name: '17' } },
  ];
  const requirement = {
    id: 'r',
    skill: 's',
    appliesTo: { not: { cohort: 'c' } },
    due: { on: '2026-06-30' },
    validFor: 30,
  };
  const bodies = {
    'people/merges': { identifiers: [ada, account], why: 'x', evidence: 'HR-1' },
    'people/splits': { identifiers: [account], together: true, why: 'x' },
    requirements: { requirements: [requirement], remove: ['old'] },
    skills: { roles: [{ role: 'Welder', skill: 's', weight: 1 }] },
    cohorts: { id: 'c', list: [ada], rule: { attr: 'region', op: 'in', value: ['EU'] } },
    courses: { courses: [{ id: 'https://example.org/c', blocks: [{ id: 'https://example.org/b' }] }] },
    targets: { targets: [{ metric: 'm', value: null }] },
    signals: { table: { prefixes: { own: ['https://own.example/'] }, rows: [SIGNAL_ROW] } },
  };
  for (const [path, body] of Object.entries(bodies)) {
    const name = `POST ${API}/${path}`;
    check(name, await agent.post(`${API}/${path}`).send(wished(name, body)), 201);
    check(name, await agent.post(`${API}/${path}`).send({ ...body, odd: 1 }), 400);
  }
  const roster = `POST ${API}/people/roster`;
  const at = `${API}/people/roster`;
  const row = {
    identifier: account,
    hired: '2020-01-01',
    manager: ada,
    role: null,
    attributes: { site: 'X' },
  };
  check(roster, await agent.post(at).send(wished(roster, { rows: [row] })), 201);
  check(roster, await agent.post(`${at}?dryRun=true`).send({ rows: [row, { identifier: {} }] }), 200);
  const csv = 'email,hire_date\nada@example.org,1.2.2026\nbo@example.org,x';
  const asCsv = (query = '') => agent.post(`${at}${query}`).type('text/csv').send(csv);
  check(roster, await asCsv('?dateFormat=DD.MM.YYYY&source=hr.csv'), 201);
  check(roster, await asCsv(), 200);
  check(roster, await asCsv('?dateFormat=x'), 400);
  for (const path of ['people/merges', 'requirements', 'cohorts'])
    check(`GET ${API}/${path}`, await agent.get(`${API}/${path}`), 200);
  check(`GET ${API}/people/merges`, await agent.get(`${API}/people/merges?limit=1`), 200);
  check(`DELETE ${API}/cohorts/{id}`, await agent.delete(`${API}/cohorts/c`), 204);
  check(`DELETE ${API}/cohorts/{id}`, await agent.delete(`${API}/cohorts/c`), 404);
};
