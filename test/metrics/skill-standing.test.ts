import type { Part } from './facts-of.ts';
import { course, fed, roster, stated } from './fed-world.ts';

const SKILL = 'urn:skill';
const skills = (level: number, validFor: string): Part => ({
  record: 'skills',
  activities: [{ activity: course('c'), skill: SKILL, level: 0.1 }],
  roles: [{ role: 'welder', skill: SKILL, level }],
  skills: [{ id: SKILL, validFor }],
});
const welder = roster('a', { hired: '2020-01-01', role: 'welder' });
const coverage = (entries: readonly Part[], asOf: string) =>
  fed([welder as Part, ...entries]).cell('skill.coverage', {}, { asOf }).num;

describe('what a person has shown of a skill', () => {
  const passed = stated('a', 'passed', 'c', '2020-03-01', {
    result: { extensions: { 'urn:cairn:level': 0.7 } },
  });

  it.each<[string, string, number]>([
    ['P3Y', '2022-06-01', 1],
    ['P3Y', '2023-03-01', 1],
    ['P3Y', '2023-03-03', 0],
    ['P1M', '2020-04-01', 1],
    ['P1M', '2020-04-02', 0],
  ])('holds for %s by the calendar: on %s %i', (validFor, day, met) => {
    expect(coverage([skills(0.5, validFor), passed], `${day}T00:00:00Z`)).toBe(met);
  });

  it('reaches a level that is exactly as needed', () => {
    expect(coverage([skills(0.7, 'P3Y'), passed], '2020-06-01T00:00:00Z')).toBe(1);
    expect(coverage([skills(0.71, 'P3Y'), passed], '2020-06-01T00:00:00Z')).toBe(0);
  });
});
